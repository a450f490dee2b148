import { madd } from '../simd-width';

// A product's last row or two. A tile so short has too few sums to hide the latency of multiply-add, so that each is
// split into several, which take alternate steps of the depth and are added up at the end.

/**
 * A row of C, 4 * `vectors` wide, 2 or 4; its sums take every fourth of the depth. Parameters as of `tile`.
 * @inline
 */
export function oneRow(vectors: i32, a: usize, panel: usize, start: usize, c: usize, depth: i32): void {
  const zero = f32x4.splat(0);
  let c00 = v128.load(start);
  let c01 = v128.load(start, 16);
  let c02 = zero;
  let c03 = zero;
  if (vectors > 2) {
    c02 = v128.load(start, 32);
    c03 = v128.load(start, 48);
  }
  let c10 = zero;
  let c11 = zero;
  let c12 = zero;
  let c13 = zero;
  let c20 = zero;
  let c21 = zero;
  let c22 = zero;
  let c23 = zero;
  let c30 = zero;
  let c31 = zero;
  let c32 = zero;
  let c33 = zero;
  const bytes = (<usize>vectors) << 4;
  let k = 4;
  for (; k <= depth; k += 4) {
    const s0 = v128.load32_splat(a);
    c00 = madd(s0, v128.load(panel), c00);
    c01 = madd(s0, v128.load(panel, 16), c01);
    if (vectors > 2) {
      c02 = madd(s0, v128.load(panel, 32), c02);
      c03 = madd(s0, v128.load(panel, 48), c03);
    }
    panel += bytes;
    const s1 = v128.load32_splat(a, 4);
    c10 = madd(s1, v128.load(panel), c10);
    c11 = madd(s1, v128.load(panel, 16), c11);
    if (vectors > 2) {
      c12 = madd(s1, v128.load(panel, 32), c12);
      c13 = madd(s1, v128.load(panel, 48), c13);
    }
    panel += bytes;
    const s2 = v128.load32_splat(a, 8);
    c20 = madd(s2, v128.load(panel), c20);
    c21 = madd(s2, v128.load(panel, 16), c21);
    if (vectors > 2) {
      c22 = madd(s2, v128.load(panel, 32), c22);
      c23 = madd(s2, v128.load(panel, 48), c23);
    }
    panel += bytes;
    const s3 = v128.load32_splat(a, 12);
    c30 = madd(s3, v128.load(panel), c30);
    c31 = madd(s3, v128.load(panel, 16), c31);
    if (vectors > 2) {
      c32 = madd(s3, v128.load(panel, 32), c32);
      c33 = madd(s3, v128.load(panel, 48), c33);
    }
    panel += bytes;
    a += 16;
  }
  for (; k < depth + 4; k++) {
    const s = v128.load32_splat(a);
    c00 = madd(s, v128.load(panel), c00);
    c01 = madd(s, v128.load(panel, 16), c01);
    if (vectors > 2) {
      c02 = madd(s, v128.load(panel, 32), c02);
      c03 = madd(s, v128.load(panel, 48), c03);
    }
    panel += bytes;
    a += 4;
  }
  v128.store(c, f32x4.add(f32x4.add(c00, c10), f32x4.add(c20, c30)));
  v128.store(c, f32x4.add(f32x4.add(c01, c11), f32x4.add(c21, c31)), 16);
  if (vectors > 2) {
    v128.store(c, f32x4.add(f32x4.add(c02, c12), f32x4.add(c22, c32)), 32);
    v128.store(c, f32x4.add(f32x4.add(c03, c13), f32x4.add(c23, c33)), 48);
  }
}

/**
 * Two rows of C; their sums take every other one of the depth. Parameters as of `tile`.
 * @inline
 */
export function twoRows(
  vectors: i32,
  a: usize,
  lda: usize,
  panel: usize,
  start: usize,
  lds: usize,
  c: usize,
  ldc: usize,
  depth: i32,
): void {
  const zero = f32x4.splat(0);
  const below = start + lds;
  let c00 = v128.load(start);
  let c01 = v128.load(start, 16);
  let c02 = zero;
  let c03 = zero;
  let c10 = v128.load(below);
  let c11 = v128.load(below, 16);
  let c12 = zero;
  let c13 = zero;
  if (vectors > 2) {
    c02 = v128.load(start, 32);
    c03 = v128.load(start, 48);
    c12 = v128.load(below, 32);
    c13 = v128.load(below, 48);
  }
  let d00 = zero;
  let d01 = zero;
  let d02 = zero;
  let d03 = zero;
  let d10 = zero;
  let d11 = zero;
  let d12 = zero;
  let d13 = zero;
  const bytes = (<usize>vectors) << 4;
  let a1 = a + lda;
  let k = 2;
  for (; k <= depth; k += 2) {
    const s0 = v128.load32_splat(a);
    const s1 = v128.load32_splat(a1);
    c00 = madd(s0, v128.load(panel), c00);
    c01 = madd(s0, v128.load(panel, 16), c01);
    c10 = madd(s1, v128.load(panel), c10);
    c11 = madd(s1, v128.load(panel, 16), c11);
    if (vectors > 2) {
      c02 = madd(s0, v128.load(panel, 32), c02);
      c03 = madd(s0, v128.load(panel, 48), c03);
      c12 = madd(s1, v128.load(panel, 32), c12);
      c13 = madd(s1, v128.load(panel, 48), c13);
    }
    panel += bytes;
    const t0 = v128.load32_splat(a, 4);
    const t1 = v128.load32_splat(a1, 4);
    d00 = madd(t0, v128.load(panel), d00);
    d01 = madd(t0, v128.load(panel, 16), d01);
    d10 = madd(t1, v128.load(panel), d10);
    d11 = madd(t1, v128.load(panel, 16), d11);
    if (vectors > 2) {
      d02 = madd(t0, v128.load(panel, 32), d02);
      d03 = madd(t0, v128.load(panel, 48), d03);
      d12 = madd(t1, v128.load(panel, 32), d12);
      d13 = madd(t1, v128.load(panel, 48), d13);
    }
    panel += bytes;
    a += 8;
    a1 += 8;
  }
  if (k === depth + 1) {
    const s0 = v128.load32_splat(a);
    const s1 = v128.load32_splat(a1);
    c00 = madd(s0, v128.load(panel), c00);
    c01 = madd(s0, v128.load(panel, 16), c01);
    c10 = madd(s1, v128.load(panel), c10);
    c11 = madd(s1, v128.load(panel, 16), c11);
    if (vectors > 2) {
      c02 = madd(s0, v128.load(panel, 32), c02);
      c03 = madd(s0, v128.load(panel, 48), c03);
      c12 = madd(s1, v128.load(panel, 32), c12);
      c13 = madd(s1, v128.load(panel, 48), c13);
    }
  }
  v128.store(c, f32x4.add(c00, d00));
  v128.store(c, f32x4.add(c01, d01), 16);
  if (vectors > 2) {
    v128.store(c, f32x4.add(c02, d02), 32);
    v128.store(c, f32x4.add(c03, d03), 48);
  }
  c += ldc;
  v128.store(c, f32x4.add(c10, d10));
  v128.store(c, f32x4.add(c11, d11), 16);
  if (vectors > 2) {
    v128.store(c, f32x4.add(c12, d12), 32);
    v128.store(c, f32x4.add(c13, d13), 48);
  }
}
