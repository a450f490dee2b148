import { PANEL, WIDE } from './lanes';
import { packColumns } from './pack';
import { tile } from './tile';

/** Most rows of a tile. */
// @ts-ignore: decorator
@inline
const TILE: i32 = WIDE ? 6 : 4;
/** Depth of a block: a panel of it stays in the first-level cache while the tiles of A pass. */
const DEPTH: i32 = 256;
/** Bytes of A kept in the second-level cache while the panels of B pass. */
const BLOCK_BYTES: i32 = 131072;
/** Floats of one depth of a packed tile. */
// @ts-ignore: decorator
@inline
const SLOT: i32 = WIDE ? 8 : 4;
/** Tiles that `accumulateOuterProducts` packs at a time; its scratch is sized by it. */
const OUTER_TILES: i32 = 42;

/** A tile of up to 6 rows by a panel's columns. */
// @ts-ignore: decorator
@inline
function tileOf(
  rows: i32,
  vectors: i32,
  packed: bool,
  a: usize,
  lda: usize,
  panel: usize,
  start: usize,
  lds: usize,
  c: usize,
  ldc: usize,
  depth: i32,
): void {
  if (WIDE && rows === 6) tile(6, vectors, packed, a, lda, panel, start, lds, c, ldc, depth);
  else if (WIDE && rows === 5) tile(5, vectors, packed, a, lda, panel, start, lds, c, ldc, depth);
  else if (rows === 4) tile(4, vectors, packed, a, lda, panel, start, lds, c, ldc, depth);
  else if (rows === 3) tile(3, vectors, packed, a, lda, panel, start, lds, c, ldc, depth);
  else if (rows === 2) tile(2, vectors, packed, a, lda, panel, start, lds, c, ldc, depth);
  else tile(1, vectors, packed, a, lda, panel, start, lds, c, ldc, depth);
}

/** A panel's product with `rows` rows, in tiles as equal as they can be: none is left with a row or two. */
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
  for (let left = (rows + TILE - 1) / TILE; left > 0; left--) {
    const height = (rows + left - 1) / left;
    if (WIDE && width === 16) tileOf(height, 4, false, a, lda, panel, start, lds, c, ldc, depth);
    else tileOf(height, 2, false, a, lda, panel, start, lds, c, ldc, depth);
    rows -= height;
    a += <usize>height * lda;
    start += <usize>height * lds;
    c += <usize>height * ldc;
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

/** `width` columns of A [depth, *], at most SLOT, side by side for each depth. */
function packTile(a: usize, aBytes: usize, packed: usize, depth: i32): void {
  for (let k = 0; k < depth; k++) {
    v128.store(packed, v128.load(a));
    if (WIDE) v128.store(packed, v128.load(a, 16), 16);
    a += aBytes;
    packed += SLOT << 2;
  }
}

/**
 * C [m, n] += A^T B for A [rows, m] and B [rows, n]: the sum over the rows of their outer products, as gradients
 * of weights are. m and n are multiples of 8. Up to 12 bytes after A's last row are read.
 * @param scratch 256 * (42 * 8 + 16) floats.
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
  const slotBytes: usize = SLOT << 2;
  const panel = scratch + ((DEPTH * OUTER_TILES * SLOT) << 2);
  const tiles = (m + TILE - 1) / TILE;
  for (let k = 0; k < rows; k += DEPTH) {
    const depth = min(DEPTH, rows - k);
    const packedBytes = <usize>depth * slotBytes;
    for (let first = 0; first < tiles; first += OUTER_TILES) {
      const last = min(tiles, first + OUTER_TILES);
      let packed = scratch;
      for (let i = first; i < last; i++) {
        packTile(a + <usize>k * aBytes + ((<usize>((i * m) / tiles)) << 2), aBytes, packed, depth);
        packed += packedBytes;
      }
      for (let j = 0; j < n; j += PANEL) {
        const width = min(PANEL, n - j);
        packColumns(b + <usize>k * bBytes + ((<usize>j) << 2), ldb, panel, depth, width);
        packed = scratch;
        for (let i = first; i < last; i++) {
          const row = (i * m) / tiles;
          const height = ((i + 1) * m) / tiles - row;
          const target = c + <usize>row * cBytes + ((<usize>j) << 2);
          if (WIDE && width === 16) {
            tileOf(height, 4, true, packed, slotBytes, panel, target, cBytes, target, cBytes, depth);
          } else {
            tileOf(height, 2, true, packed, slotBytes, panel, target, cBytes, target, cBytes, depth);
          }
          packed += packedBytes;
        }
      }
    }
  }
}
