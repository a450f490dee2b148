import type { Kernels } from './kernels-interface.ts';
import { BYTES_PER_SYMBOL, copyToWasm } from './wasm-text.ts';

/** Symbols there is room for beyond twice the text. */
const SPARE_SYMBOLS = 1_024;

/** A text that changes, as symbols in the kernels' memory. */
export class SymbolBuffer {
  /** Where it is now; an edit may move it. */
  address: number;
  length: number;
  private readonly kernels: Kernels;
  private capacity: number;

  constructor(kernels: Kernels, symbols: Uint16Array, canGrow: boolean) {
    this.kernels = kernels;
    this.length = symbols.length;
    this.capacity = canGrow ? symbols.length * 2 + SPARE_SYMBOLS : symbols.length;
    this.address = copyToWasm(kernels, symbols, this.capacity - symbols.length);
  }

  addressOf(index: number): number {
    return this.address + index * BYTES_PER_SYMBOL;
  }

  /** The symbols from `from` to `to`, until anything is allocated. */
  view(from = 0, to = this.length): Uint16Array {
    return new Uint16Array(this.kernels.memory.buffer, this.addressOf(from), to - from);
  }

  replace(index: number, removed: number, symbols: ArrayLike<number>): void {
    const length = this.length + symbols.length - removed;
    if (length > this.capacity) this.enlarge(length);
    const text = new Uint16Array(this.kernels.memory.buffer, this.address, this.capacity);
    text.copyWithin(index + symbols.length, index + removed, this.length);
    text.set(symbols, index);
    this.length = length;
  }

  dispose(): void {
    this.kernels.release(this.address);
  }

  private enlarge(length: number): void {
    const symbols = this.view().slice();
    const capacity = length * 2 + SPARE_SYMBOLS;
    // Before the text where it is is released, since there may be no room.
    const address = copyToWasm(this.kernels, symbols, capacity - symbols.length);
    this.kernels.release(this.address);
    this.address = address;
    this.capacity = capacity;
  }
}
