import { madd, WIDE } from '../simd-width';

/**
 * The largest number of rows of a tile.
 * @inline
 */
export const TILE: i32 = WIDE ? 6 : 4;
/** Depth of a block: a panel of it stays in the first-level cache while the tiles of A pass. */
export const DEPTH: i32 = 256;

/**
 * A tile of C: `rows` x 4 `vectors` sums over the depth, kept in registers. 16 registers of x64 hold 6 rows of 16
 * columns in 256-bit vectors (12 sums, 2 of B, 1 of A), or 4 rows of 8 columns in 128-bit ones.
 * Sums run over the depth in order, so a result does not depend on how rows are grouped.
 * @param rows 1 to 6, vectors 2 or 4, packed: constants, so that each call compiles to a loop of its own.
 * @param a rows `lda` bytes apart; or, packed, `lda` bytes for each depth, the rows side by side.
 * @param panel [depth, 4 * vectors] of B, the depths `step` bytes apart.
 * @param start what the sums begin with, rows `lds` bytes apart; c likewise `ldc`.
 * @inline
 */
export function tile(
  rows: i32,
  vectors: i32,
  packed: bool,
  a: usize,
  lda: usize,
  panel: usize,
  step: usize,
  start: usize,
  lds: usize,
  c: usize,
  ldc: usize,
  depth: i32,
): void {
  let c00 = v128.load(start);
  let c01 = v128.load(start, 16);
  let c02 = c00;
  let c03 = c00;
  if (vectors > 2) {
    c02 = v128.load(start, 32);
    c03 = v128.load(start, 48);
  }
  let c10 = c00;
  let c11 = c00;
  let c12 = c00;
  let c13 = c00;
  if (rows > 1) {
    start += lds;
    c10 = v128.load(start);
    c11 = v128.load(start, 16);
    if (vectors > 2) {
      c12 = v128.load(start, 32);
      c13 = v128.load(start, 48);
    }
  }
  let c20 = c00;
  let c21 = c00;
  let c22 = c00;
  let c23 = c00;
  if (rows > 2) {
    start += lds;
    c20 = v128.load(start);
    c21 = v128.load(start, 16);
    if (vectors > 2) {
      c22 = v128.load(start, 32);
      c23 = v128.load(start, 48);
    }
  }
  let c30 = c00;
  let c31 = c00;
  let c32 = c00;
  let c33 = c00;
  if (rows > 3) {
    start += lds;
    c30 = v128.load(start);
    c31 = v128.load(start, 16);
    if (vectors > 2) {
      c32 = v128.load(start, 32);
      c33 = v128.load(start, 48);
    }
  }
  let c40 = c00;
  let c41 = c00;
  let c42 = c00;
  let c43 = c00;
  if (rows > 4) {
    start += lds;
    c40 = v128.load(start);
    c41 = v128.load(start, 16);
    if (vectors > 2) {
      c42 = v128.load(start, 32);
      c43 = v128.load(start, 48);
    }
  }
  let c50 = c00;
  let c51 = c00;
  let c52 = c00;
  let c53 = c00;
  if (rows > 5) {
    start += lds;
    c50 = v128.load(start);
    c51 = v128.load(start, 16);
    if (vectors > 2) {
      c52 = v128.load(start, 32);
      c53 = v128.load(start, 48);
    }
  }
  let a1 = a + 1 * lda;
  let a2 = a + 2 * lda;
  let a3 = a + 3 * lda;
  let a4 = a + 4 * lda;
  let a5 = a + 5 * lda;
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    let b2 = b0;
    let b3 = b1;
    if (vectors > 2) {
      b2 = v128.load(panel, 32);
      b3 = v128.load(panel, 48);
    }
    const s0 = v128.load32_splat(a);
    c00 = madd(s0, b0, c00);
    c01 = madd(s0, b1, c01);
    if (vectors > 2) {
      c02 = madd(s0, b2, c02);
      c03 = madd(s0, b3, c03);
    }
    if (rows > 1) {
      const s1 = packed ? v128.load32_splat(a, 4) : v128.load32_splat(a1);
      c10 = madd(s1, b0, c10);
      c11 = madd(s1, b1, c11);
      if (vectors > 2) {
        c12 = madd(s1, b2, c12);
        c13 = madd(s1, b3, c13);
      }
      a1 += 4;
    }
    if (rows > 2) {
      const s2 = packed ? v128.load32_splat(a, 8) : v128.load32_splat(a2);
      c20 = madd(s2, b0, c20);
      c21 = madd(s2, b1, c21);
      if (vectors > 2) {
        c22 = madd(s2, b2, c22);
        c23 = madd(s2, b3, c23);
      }
      a2 += 4;
    }
    if (rows > 3) {
      const s3 = packed ? v128.load32_splat(a, 12) : v128.load32_splat(a3);
      c30 = madd(s3, b0, c30);
      c31 = madd(s3, b1, c31);
      if (vectors > 2) {
        c32 = madd(s3, b2, c32);
        c33 = madd(s3, b3, c33);
      }
      a3 += 4;
    }
    if (rows > 4) {
      const s4 = packed ? v128.load32_splat(a, 16) : v128.load32_splat(a4);
      c40 = madd(s4, b0, c40);
      c41 = madd(s4, b1, c41);
      if (vectors > 2) {
        c42 = madd(s4, b2, c42);
        c43 = madd(s4, b3, c43);
      }
      a4 += 4;
    }
    if (rows > 5) {
      const s5 = packed ? v128.load32_splat(a, 20) : v128.load32_splat(a5);
      c50 = madd(s5, b0, c50);
      c51 = madd(s5, b1, c51);
      if (vectors > 2) {
        c52 = madd(s5, b2, c52);
        c53 = madd(s5, b3, c53);
      }
      a5 += 4;
    }
    a += packed ? lda : 4;
    panel += step;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  if (vectors > 2) {
    v128.store(c, c02, 32);
    v128.store(c, c03, 48);
  }
  if (rows > 1) {
    c += ldc;
    v128.store(c, c10);
    v128.store(c, c11, 16);
    if (vectors > 2) {
      v128.store(c, c12, 32);
      v128.store(c, c13, 48);
    }
  }
  if (rows > 2) {
    c += ldc;
    v128.store(c, c20);
    v128.store(c, c21, 16);
    if (vectors > 2) {
      v128.store(c, c22, 32);
      v128.store(c, c23, 48);
    }
  }
  if (rows > 3) {
    c += ldc;
    v128.store(c, c30);
    v128.store(c, c31, 16);
    if (vectors > 2) {
      v128.store(c, c32, 32);
      v128.store(c, c33, 48);
    }
  }
  if (rows > 4) {
    c += ldc;
    v128.store(c, c40);
    v128.store(c, c41, 16);
    if (vectors > 2) {
      v128.store(c, c42, 32);
      v128.store(c, c43, 48);
    }
  }
  if (rows > 5) {
    c += ldc;
    v128.store(c, c50);
    v128.store(c, c51, 16);
    if (vectors > 2) {
      v128.store(c, c52, 32);
      v128.store(c, c53, 48);
    }
  }
}

/**
 * A tile of up to 6 rows by a panel's columns.
 * @inline
 */
export function tileOf(
  rows: i32,
  vectors: i32,
  packed: bool,
  a: usize,
  lda: usize,
  panel: usize,
  step: usize,
  start: usize,
  lds: usize,
  c: usize,
  ldc: usize,
  depth: i32,
): void {
  if (WIDE && rows === 6) tile(6, vectors, packed, a, lda, panel, step, start, lds, c, ldc, depth);
  else if (WIDE && rows === 5) tile(5, vectors, packed, a, lda, panel, step, start, lds, c, ldc, depth);
  else if (rows === 4) tile(4, vectors, packed, a, lda, panel, step, start, lds, c, ldc, depth);
  else if (rows === 3) tile(3, vectors, packed, a, lda, panel, step, start, lds, c, ldc, depth);
  else if (rows === 2) tile(2, vectors, packed, a, lda, panel, step, start, lds, c, ldc, depth);
  else tile(1, vectors, packed, a, lda, panel, step, start, lds, c, ldc, depth);
}
