import type { Kernels } from './kernel-exports.ts';
import type { Work } from '../job-queue.ts';

/** Symbols before a place that its contexts may depend on; WINDOW of kernels/contexts.ts. */
export const WINDOW = 256;
/** Symbols learnt in one go: some 4 ms. */
const PIECE = 2_048;

export const BYTES_PER_SYMBOL = Uint16Array.BYTES_PER_ELEMENT;

/** Copies symbols to the kernels' memory, with room for `spare` more; the caller releases them. */
export function place(kernels: Kernels, symbols: Uint16Array, spare = 0): number {
  const address = kernels.allocate((symbols.length + spare + 1) * BYTES_PER_SYMBOL);
  new Uint16Array(kernels.memory.buffer, address, symbols.length).set(symbols);
  return address;
}

/** Counts a whole text in a table, or takes it back, in pieces. */
export function* countText(
  kernels: Kernels,
  table: number,
  symbols: Uint16Array,
  count: 'learn' | 'unlearn',
): Work {
  const text = place(kernels, symbols);
  try {
    for (let from = 0; from < symbols.length; from += PIECE) {
      kernels[count](table, text, from, Math.min(from + PIECE, symbols.length));
      yield;
    }
  } finally {
    kernels.release(text);
  }
}
