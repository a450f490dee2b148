import type { Job } from '../job-queue.ts';
import type { Kernels } from './kernels-interface.ts';

/** Symbols before a position that its contexts may depend on. */
export const WINDOW = 256;
/** Symbols before a position that a prediction there may depend on. */
export const RECENT_SYMBOLS = 1024;
/** Symbols counted in one go: some 4 ms. */
const SLICE_SYMBOLS = 2_048;

export const BYTES_PER_SYMBOL = Uint16Array.BYTES_PER_ELEMENT;

/**
 * Copies symbols to the kernels' memory, with room for `spare` more.
 * @returns their address, which the caller releases
 */
export function copyToWasm(kernels: Kernels, symbols: Uint16Array, spare = 0): number {
  const address = kernels.allocate((symbols.length + spare + 1) * BYTES_PER_SYMBOL);
  new Uint16Array(kernels.memory.buffer, address, symbols.length).set(symbols);
  return address;
}

/** Counts a whole text in a table, or takes it back, in slices. */
export function* countText(
  kernels: Kernels,
  table: number,
  symbols: Uint16Array,
  count: 'learn' | 'unlearn',
): Job {
  const text = copyToWasm(kernels, symbols);
  try {
    for (let from = 0; from < symbols.length; from += SLICE_SYMBOLS) {
      const to = Math.min(from + SLICE_SYMBOLS, symbols.length);
      kernels[count](table, text, from, to, kernels.FILE_START.value);
      yield;
    }
  } finally {
    kernels.release(text);
  }
}
