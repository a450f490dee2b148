import { PANEL, WIDE } from '../simd-width';
import { oneRow, twoRows } from './short-tile';
import { DEPTH, TILE, tileOf } from './tile';

/**
 * Rows of A that stay in the second-level cache, in all their depth, while the panels of B pass: whole tiles of both
 * builds. Few are enough to hide the time in which a panel arrives from the third-level cache.
 */
const BLOCK: i32 = 48;

/**
 * A panel's product with `rows` rows: tiles as high as can be and one or two rows that are left, or else tiles as
 * equal as they can be.
 */
function panelProduct(
  a: usize,
  lda: usize,
  panel: usize,
  start: usize,
  lds: usize,
  c: usize,
  ldc: usize,
  rows: i32,
  width: i32,
  depth: i32,
): void {
  const rest = WIDE && rows % TILE < 3 ? rows % TILE : 0;
  rows -= rest;
  for (let left = (rows + TILE - 1) / TILE; left > 0; left--) {
    const height = (rows + left - 1) / left;
    if (WIDE && width === 16) tileOf(height, 4, false, a, lda, panel, 64, start, lds, c, ldc, depth);
    else tileOf(height, 2, false, a, lda, panel, 32, start, lds, c, ldc, depth);
    rows -= height;
    a += <usize>height * lda;
    start += <usize>height * lds;
    c += <usize>height * ldc;
  }
  if (WIDE && rest === 1) {
    if (width === 16) oneRow(4, a, panel, start, c, depth);
    else oneRow(2, a, panel, start, c, depth);
  } else if (WIDE && rest === 2) {
    if (width === 16) twoRows(4, a, lda, panel, start, lds, c, ldc, depth);
    else twoRows(2, a, lda, panel, start, lds, c, ldc, depth);
  }
}

/**
 * C [rows, columns] = S + A [rows, depth] * B [depth, columns], B packed in panels (see pack.ts). Columns are a
 * multiple of 8. S has rows `lds` floats apart: 0 repeats one row (a bias), and S = C accumulates.
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
  const cBytes = (<usize>ldc) << 2;
  const sBytes = (<usize>lds) << 2;
  for (let first = 0; first < rows; first += BLOCK) {
    const height = min(BLOCK, rows - first);
    for (let n = 0; n < columns; n += PANEL) {
      const width = min(PANEL, columns - n);
      const at = (<usize>n) << 2;
      // The first block of the depth begins with S, each further one with what the last one left in C.
      let start = s + at;
      let startBytes = sBytes;
      for (let k = 0; k < depth; k += DEPTH) {
        const deep = min(DEPTH, depth - k);
        const source = a + ((<usize>k) << 2);
        const panel = panels + ((<usize>(n * depth + k * width)) << 2);
        panelProduct(source, aBytes, panel, start, startBytes, c + at, cBytes, height, width, deep);
        start = c + at;
        startBytes = cBytes;
      }
    }
    a += BLOCK * aBytes;
    s += BLOCK * sBytes;
    c += BLOCK * cBytes;
  }
}
