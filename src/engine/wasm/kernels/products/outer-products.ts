import { PANEL, WIDE } from '../simd-width';
import { packColumns } from './pack';
import { DEPTH, TILE, tileOf } from './tile';

// Sums over rows of outer products, A^T B, as gradients of weights are. The sums [n / PANEL, tiles, TILE, PANEL] lie
// in the order in which tiles are computed, so that adding to them reads and writes memory in order.

/** Tiles of A packed at a time, at the most: they stay in the second-level cache while the panels of B pass. */
const GROUP: i32 = 48;
/**
 * Bytes of one depth of a packed tile.
 * @inline
 */
const SLOT: usize = (<usize>TILE) << 2;
/**
 * Bytes from packed tile to packed tile: an odd number of cache lines, so that they do not share cache sets.
 * @inline
 */
const TILE_BYTES: usize = <usize>DEPTH * SLOT + 64;

/** TILE columns of A [depth, *] side by side for each depth, tile after tile. */
function packTiles(a: usize, stride: usize, packed: usize, depth: i32, tiles: i32): void {
  for (let k = 0; k < depth; k++) {
    let source = a;
    let target = packed;
    for (let i = 0; i < tiles; i++) {
      // Wide tiles are six floats; the next depth, or nobody, overwrites the two too many.
      const low = v128.load(source);
      if (WIDE) {
        const high = v128.load(source, 16);
        v128.store(target, low);
        v128.store(target, high, 16);
      } else {
        v128.store(target, low);
      }
      source += SLOT;
      target += TILE_BYTES;
    }
    a += stride;
    packed += SLOT;
  }
}

/** Adds to the sums what `count` packed tiles, the first being number `tile` of `tiles`, and B's panels make. */
function addTiles(
  packed: usize,
  panels: usize,
  sums: usize,
  n: i32,
  depth: i32,
  tile: i32,
  count: i32,
  tiles: i32,
): void {
  for (let j = 0; j < n; j += PANEL) {
    const width = min(PANEL, n - j);
    const rowBytes = (<usize>width) << 2;
    const tileSums = <usize>TILE * rowBytes;
    const panel = panels + ((<usize>(j * depth)) << 2);
    let target = sums + ((<usize>(j * tiles * TILE)) << 2) + <usize>tile * tileSums;
    let source = packed;
    for (let i = 0; i < count; i++) {
      if (WIDE && width === 16) {
        tileOf(TILE, 4, true, source, SLOT, panel, 64, target, rowBytes, target, rowBytes, depth);
      } else {
        tileOf(TILE, 2, true, source, SLOT, panel, 32, target, rowBytes, target, rowBytes, depth);
      }
      source += TILE_BYTES;
      target += tileSums;
    }
  }
}

/**
 * Adds A^T B to the sums, for A [rows, m] and B [rows, n]; and, unless `second` is 0, A^T times that to the sums
 * behind them. m and n are multiples of 8. Up to 24 bytes after A's last row are read.
 * @param second [rows, n], rows as far apart as B's.
 * @param sums `outerProductSumFloats(m, n)` floats, twice as many if there is a second.
 * @param scratch `outerProductScratchFloats(n)` floats.
 */
export function addOuterProducts(
  a: usize,
  lda: i32,
  m: i32,
  b: usize,
  second: usize,
  ldb: i32,
  n: i32,
  rows: i32,
  sums: usize,
  scratch: usize,
): void {
  const aBytes = (<usize>lda) << 2;
  const bBytes = (<usize>ldb) << 2;
  const panels = scratch + <usize>GROUP * TILE_BYTES;
  const tiles = (m + TILE - 1) / TILE;
  const groups = (tiles + GROUP - 1) / GROUP;
  const secondSums = sums + ((<usize>(n * tiles * TILE)) << 2);
  for (let k = 0; k < rows; k += DEPTH) {
    const depth = min(DEPTH, rows - k);
    const skipped = <usize>k * bBytes;
    const secondPanels = panels + ((<usize>(n * depth)) << 2);
    packColumns(b + skipped, ldb, panels, depth, n);
    if (second !== 0) packColumns(second + skipped, ldb, secondPanels, depth, n);
    for (let group = 0; group < groups; group++) {
      const tile = (tiles * group) / groups;
      const count = (tiles * (group + 1)) / groups - tile;
      packTiles(a + <usize>k * aBytes + <usize>tile * SLOT, aBytes, scratch, depth, count);
      addTiles(scratch, panels, sums, n, depth, tile, count, tiles);
      if (second !== 0) addTiles(scratch, secondPanels, secondSums, n, depth, tile, count, tiles);
    }
  }
}

/** Floats of the sums for one matrix [m, n]. */
export function outerProductSumFloats(m: i32, n: i32): i32 {
  return ((m + TILE - 1) / TILE) * TILE * n;
}

/** Floats of the scratch memory of `addOuterProducts` for matrices of n columns. */
export function outerProductScratchFloats(n: i32): i32 {
  return GROUP * <i32>(TILE_BYTES >> 2) + 2 * DEPTH * n;
}

/** C [m, n] = the sums that `addOuterProducts` made; and the second matrix, unless it is 0, those behind them. */
export function storeOuterProducts(sums: usize, c: usize, second: usize, m: i32, n: i32): void {
  const rows = ((m + TILE - 1) / TILE) * TILE;
  unpackSums(sums, c, rows, m, n);
  if (second !== 0) unpackSums(sums + ((<usize>(n * rows)) << 2), second, rows, m, n);
}

function unpackSums(sums: usize, c: usize, rows: i32, m: i32, n: i32): void {
  for (let j = 0; j < n; j += PANEL) {
    const bytes = (<usize>min(PANEL, n - j)) << 2;
    let source = sums + ((<usize>(j * rows)) << 2);
    let target = c + ((<usize>j) << 2);
    for (let row = 0; row < m; row++) {
      for (let at: usize = 0; at < bytes; at += 32) {
        const v0 = v128.load(source + at);
        const v1 = v128.load(source + at, 16);
        v128.store(target + at, v0);
        v128.store(target + at, v1, 16);
      }
      source += bytes;
      target += (<usize>n) << 2;
    }
  }
}
