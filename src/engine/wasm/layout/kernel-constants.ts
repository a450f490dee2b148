import type { Kernels } from '../kernels-interface.ts';
import { roundUp } from '../padding.ts';

// Constants on which kernels/ and the memory plans must agree. Plans are made before a module is instantiated and serve
// both builds, so the numbers are repeated here, and `checkKernelConstants` compares them with those of a loaded module.

/** First byte for data; the kernels' own constants lie below it. */
export const DATA_START = 16384;

/** Columns of a panel of `vectorProduct`, `lstmStep` and `addOuterProduct`. */
export const VECTOR_PANEL = 32;

/** Columns of the widest panel of `product`. */
export const MAX_PANEL_COLUMNS = 16;

/** Both builds' tile heights, 4 and 6 rows, divide this. */
const TILE_ROWS_MULTIPLE = 12;
/** Rows of the higher tile. */
const MAX_TILE_ROWS = 6;
/** Tiles that are packed at a time. */
const TILES_PER_GROUP = 48;
/** Rows that are multiplied at a time. */
const BLOCK_DEPTH = 256;
/** Floats between two packed tiles. */
const TILE_GAP = 16;

/** Floats of the sums of `addOuterProducts` for one matrix [m, n]. */
export function outerProductSums(m: number, n: number): number {
  return roundUp(m, TILE_ROWS_MULTIPLE) * n;
}

/** Floats of the scratch memory of `addOuterProducts` for matrices of n columns. */
export function outerProductScratch(n: number): number {
  return TILES_PER_GROUP * (BLOCK_DEPTH * MAX_TILE_ROWS + TILE_GAP) + 2 * BLOCK_DEPTH * n;
}

/** @throws Error when a module needs more room than is planned, or packs in another way. */
export function checkKernelConstants(kernels: Kernels): void {
  const isAgreed =
    kernels.dataStart() <= DATA_START &&
    kernels.vectorPanelColumns() === VECTOR_PANEL &&
    MAX_PANEL_COLUMNS % kernels.panelColumns() === 0 &&
    [8, 24, 1000].every(
      (n) =>
        kernels.outerProductSumFloats(n, n) <= outerProductSums(n, n) &&
        kernels.outerProductScratchFloats(n) <= outerProductScratch(n),
    );
  if (!isAgreed) throw new Error('the compiled kernels do not match the memory plans; build them again');
}
