// C [M, N] in tiles of 4 rows by 8 columns: 8 accumulators, 2 values of B and 4 of A stay in the 16 vector
// registers of x64. Sums run over the depth in order, so a result does not depend on how rows are grouped.
import { packColumns } from './pack';

/** Bytes of A kept in the second-level cache while the panels of B pass. */
const BLOCK_BYTES = 131072;
/** Rows of A and B that `accumulateOuterProducts` takes at a time; its scratch is sized by it. */
const OUTER_DEPTH = 128;
/** Columns of A that it takes at a time. */
const OUTER_COLUMNS = 512;

/** Four rows: C = S + A * panel; strides in bytes. */
// @ts-ignore: decorator
@inline
function tile4(
  a: usize,
  lda: usize,
  panel: usize,
  start: usize,
  lds: usize,
  c: usize,
  ldc: usize,
  depth: i32,
): void {
  let c00 = v128.load(start);
  let c01 = v128.load(start, 16);
  let c10 = v128.load(start + lds);
  let c11 = v128.load(start + lds, 16);
  let c20 = v128.load(start + 2 * lds);
  let c21 = v128.load(start + 2 * lds, 16);
  let c30 = v128.load(start + 3 * lds);
  let c31 = v128.load(start + 3 * lds, 16);
  let a1 = a + lda;
  let a2 = a + 2 * lda;
  let a3 = a + 3 * lda;
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    const s0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(s0, b0));
    c01 = f32x4.add(c01, f32x4.mul(s0, b1));
    const s1 = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(s1, b0));
    c11 = f32x4.add(c11, f32x4.mul(s1, b1));
    const s2 = v128.load32_splat(a2);
    c20 = f32x4.add(c20, f32x4.mul(s2, b0));
    c21 = f32x4.add(c21, f32x4.mul(s2, b1));
    const s3 = v128.load32_splat(a3);
    c30 = f32x4.add(c30, f32x4.mul(s3, b0));
    c31 = f32x4.add(c31, f32x4.mul(s3, b1));
    a += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
    panel += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c + ldc, c10);
  v128.store(c + ldc, c11, 16);
  v128.store(c + 2 * ldc, c20);
  v128.store(c + 2 * ldc, c21, 16);
  v128.store(c + 3 * ldc, c30);
  v128.store(c + 3 * ldc, c31, 16);
}

/** The same for two rows. */
// @ts-ignore: decorator
@inline
function tile2(
  a: usize,
  lda: usize,
  panel: usize,
  start: usize,
  lds: usize,
  c: usize,
  ldc: usize,
  depth: i32,
): void {
  let c00 = v128.load(start);
  let c01 = v128.load(start, 16);
  let c10 = v128.load(start + lds);
  let c11 = v128.load(start + lds, 16);
  let a1 = a + lda;
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    const s0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(s0, b0));
    c01 = f32x4.add(c01, f32x4.mul(s0, b1));
    const s1 = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(s1, b0));
    c11 = f32x4.add(c11, f32x4.mul(s1, b1));
    a += 4;
    a1 += 4;
    panel += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c + ldc, c10);
  v128.store(c + ldc, c11, 16);
}

/** The same for one row. */
// @ts-ignore: decorator
@inline
function tile1(a: usize, panel: usize, start: usize, c: usize, depth: i32): void {
  let c00 = v128.load(start);
  let c01 = v128.load(start, 16);
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    const s0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(s0, b0));
    c01 = f32x4.add(c01, f32x4.mul(s0, b1));
    a += 4;
    panel += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
}

/** Four rows added to C, A packed as [depth, 4]. */
// @ts-ignore: decorator
@inline
function tile4Packed(a: usize, panel: usize, c: usize, ldc: usize, depth: i32): void {
  let c00 = v128.load(c);
  let c01 = v128.load(c, 16);
  let c10 = v128.load(c + ldc);
  let c11 = v128.load(c + ldc, 16);
  let c20 = v128.load(c + 2 * ldc);
  let c21 = v128.load(c + 2 * ldc, 16);
  let c30 = v128.load(c + 3 * ldc);
  let c31 = v128.load(c + 3 * ldc, 16);
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    const s0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(s0, b0));
    c01 = f32x4.add(c01, f32x4.mul(s0, b1));
    const s1 = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(s1, b0));
    c11 = f32x4.add(c11, f32x4.mul(s1, b1));
    const s2 = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(s2, b0));
    c21 = f32x4.add(c21, f32x4.mul(s2, b1));
    const s3 = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(s3, b0));
    c31 = f32x4.add(c31, f32x4.mul(s3, b1));
    a += 16;
    panel += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c + ldc, c10);
  v128.store(c + ldc, c11, 16);
  v128.store(c + 2 * ldc, c20);
  v128.store(c + 2 * ldc, c21, 16);
  v128.store(c + 3 * ldc, c30);
  v128.store(c + 3 * ldc, c31, 16);
}

/**
 * C [rows, columns] = S + A [rows, depth] * B [depth, columns], B packed in panels of 8 columns (see pack.ts).
 * Columns are a multiple of 8. S has rows `lds` floats apart: 0 repeats one row (a bias), and S = C accumulates.
 */
export function product(
  a: usize,
  lda: i32,
  panels: usize,
  s: usize,
  lds: i32,
  c: usize,
  ldc: i32,
  rows: i32,
  columns: i32,
  depth: i32,
): void {
  const aBytes = (<usize>lda) << 2;
  const sBytes = (<usize>lds) << 2;
  const cBytes = (<usize>ldc) << 2;
  const panelBytes = (<usize>depth) << 5;
  const block = max(4, (BLOCK_BYTES / (depth << 2)) & ~3);
  for (let first = 0; first < rows; first += block) {
    const end = min(rows, first + block);
    let panel = panels;
    for (let n: usize = 0; n < (<usize>columns) << 2; n += 32) {
      let m = first;
      for (; m + 4 <= end; m += 4) {
        const row = <usize>m;
        tile4(
          a + row * aBytes,
          aBytes,
          panel,
          s + row * sBytes + n,
          sBytes,
          c + row * cBytes + n,
          cBytes,
          depth,
        );
      }
      if (m + 2 <= end) {
        const row = <usize>m;
        tile2(
          a + row * aBytes,
          aBytes,
          panel,
          s + row * sBytes + n,
          sBytes,
          c + row * cBytes + n,
          cBytes,
          depth,
        );
        m += 2;
      }
      if (m < end) {
        const row = <usize>m;
        tile1(a + row * aBytes, panel, s + row * sBytes + n, c + row * cBytes + n, depth);
      }
      panel += panelBytes;
    }
  }
}

/** A [depth, columns] as panels of 4 columns. */
function packFours(a: usize, aBytes: usize, packed: usize, depth: i32, columns: i32): void {
  for (let m: usize = 0; m < (<usize>columns) << 2; m += 16) {
    let source = a + m;
    for (let k = 0; k < depth; k++) {
      v128.store(packed, v128.load(source));
      source += aBytes;
      packed += 16;
    }
  }
}

/**
 * C [m, n] += A^T B for A [rows, m] and B [rows, n]: the sum over the rows of their outer products, as gradients
 * of weights are. m is a multiple of 4, n of 8; scratch holds 128 * (512 + 8) floats.
 */
export function accumulateOuterProducts(
  a: usize,
  lda: i32,
  b: usize,
  ldb: i32,
  c: usize,
  ldc: i32,
  m: i32,
  n: i32,
  rows: i32,
  scratch: usize,
): void {
  const aBytes = (<usize>lda) << 2;
  const bBytes = (<usize>ldb) << 2;
  const cBytes = (<usize>ldc) << 2;
  const panel = scratch + ((OUTER_DEPTH * OUTER_COLUMNS) << 2);
  for (let k = 0; k < rows; k += OUTER_DEPTH) {
    const depth = min(OUTER_DEPTH, rows - k);
    for (let i = 0; i < m; i += OUTER_COLUMNS) {
      const width = min(OUTER_COLUMNS, m - i);
      packFours(a + <usize>k * aBytes + ((<usize>i) << 2), aBytes, scratch, depth, width);
      for (let j = 0; j < n; j += 8) {
        packColumns(b + <usize>k * bBytes + ((<usize>j) << 2), ldb, panel, depth, 8);
        let packed = scratch;
        let target = c + <usize>i * cBytes + ((<usize>j) << 2);
        for (let r = 0; r < width; r += 4) {
          tile4Packed(packed, panel, target, cBytes, depth);
          packed += (<usize>depth) << 4;
          target += 4 * cBytes;
        }
      }
    }
  }
}
