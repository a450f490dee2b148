import { PANEL, WIDE } from '../simd-width';
import { oneRow, twoRows } from './short-tile';
import { DEPTH, TILE, tileOf } from './tile';

/** Bytes of A kept in the second-level cache while the panels of B pass. */
const BLOCK_BYTES: i32 = 131072;
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
  const block = max(TILE, BLOCK_BYTES / (min(depth, DEPTH) << 2));
  for (let first = 0; first < rows; first += block) {
    const height = min(block, rows - first);
    const target = c + <usize>first * cBytes;
    // The first block of the depth begins with S, each further one with what the last one left in C.
    let start = s + <usize>first * ((<usize>lds) << 2);
    let startBytes = (<usize>lds) << 2;
    for (let k = 0; k < depth; k += DEPTH) {
      const deep = min(DEPTH, depth - k);
      const source = a + <usize>first * aBytes + ((<usize>k) << 2);
      for (let n = 0; n < columns; n += PANEL) {
        const width = min(PANEL, columns - n);
        const panel = panels + ((<usize>(n * depth + k * width)) << 2);
        const at = (<usize>n) << 2;
        panelProduct(source, aBytes, panel, start + at, startBytes, target + at, cBytes, height, width, deep);
      }
      start = target;
      startBytes = cBytes;
    }
  }
}
