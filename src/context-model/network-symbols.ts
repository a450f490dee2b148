import type { ModelContext } from './model-context.ts';

/** A network's probabilities in the kernels' memory, and the context model's symbols that they are of. */
export class NetworkSymbols {
  /** Symbols V of the network. */
  readonly size: number;
  /** Addresses of [V] f32 logarithms and [V] u16 symbols; symbol 0 where the context model has none. */
  readonly logProbabilities: number;
  readonly symbols: number;
  private readonly context: ModelContext;

  constructor(context: ModelContext, symbols: readonly string[]) {
    this.context = context;
    this.size = symbols.length;
    const { kernels, alphabet } = context;
    this.logProbabilities = kernels.allocate(this.size * Float32Array.BYTES_PER_ELEMENT);
    this.symbols = kernels.allocate(this.size * Uint16Array.BYTES_PER_ELEMENT);
    const ids = symbols.map((symbol) => (isPredictable(symbol) ? alphabet.idOf(symbol.codePointAt(0)!) : 0));
    new Uint16Array(kernels.memory.buffer, this.symbols, this.size).set(ids);
  }

  write(logProbabilities: Float32Array): void {
    if (logProbabilities.length !== this.size) {
      throw new RangeError(
        `${logProbabilities.length} probabilities for ${this.size} symbols of the network`,
      );
    }
    const { buffer } = this.context.kernels.memory;
    new Float32Array(buffer, this.logProbabilities, this.size).set(logProbabilities);
  }

  /** Mixes what was written last with the kernels' last prediction. */
  join(): void {
    this.context.kernels.joinNetwork(this.logProbabilities, this.symbols, this.size);
  }

  dispose(): void {
    this.context.kernels.release(this.logProbabilities);
    this.context.kernels.release(this.symbols);
  }
}

/** The vocabulary's own two symbols, unseen and start of a file, are not. */
function isPredictable(symbol: string): boolean {
  return symbol !== '\uFFFD' && symbol !== '\u0002' && [...symbol].length === 1;
}
