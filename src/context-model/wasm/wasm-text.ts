import type { Kernels } from './kernels-interface.ts';

/** Symbols before a position that its contexts may depend on. */
export const WINDOW = 256;
/** Symbols before a position that a prediction there may depend on. */
export const RECENT_SYMBOLS = 1024;

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
