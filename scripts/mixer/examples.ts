import type { Kernels } from '../../src/context-model/wasm/kernel-exports.ts';

/** 32-bit words of a chunk; an example is never cut in two. */
const CHUNK_WORDS = 1 << 24;

/** Where an example begins: kernels/teaching-example.ts has its layout. */
export interface Example {
  readonly integers: Int32Array;
  readonly floats: Float32Array;
  readonly begin: number;
}

/** Writes what the kernels predicted last, and that `symbol` came, to an address. @returns where it ends */
type Write = (symbol: number, to: number) => number;

/** Predictions to teach a hidden layer with: about 1.2 kB each of the context model's, 0.5 kB of those with a network. */
export class Examples {
  private readonly kernels: Kernels;
  private readonly write: Write;
  private readonly buffer: number;
  private readonly chunks: { readonly integers: Int32Array; readonly floats: Float32Array }[] = [];
  /** Numbers of chunks, and where in them the examples begin. */
  private readonly places: { readonly chunk: number; readonly begin: number }[] = [];
  private used = CHUNK_WORDS;

  private constructor(kernels: Kernels, maxBytes: number, write: Write) {
    this.kernels = kernels;
    this.write = write;
    this.buffer = kernels.allocate(maxBytes);
  }

  /** Room for predictions of the context model, for its own hidden layer. */
  static ofContextModel(kernels: Kernels): Examples {
    return new Examples(kernels, kernels.maxExampleBytes(), (symbol, to) => kernels.writeExample(symbol, to));
  }

  /** Room for predictions with a network, for the layer that scores these again. */
  static ofMixture(kernels: Kernels): Examples {
    return new Examples(kernels, kernels.maxNetworkExampleBytes(), (symbol, to) =>
      kernels.writeNetworkExample(symbol, to),
    );
  }

  get count(): number {
    return this.places.length;
  }

  at(index: number): Example {
    const { chunk, begin } = this.places[index];
    return { ...this.chunks[chunk], begin };
  }

  /** Adds the kernels' last prediction, behind which `symbol` came. */
  add(symbol: number): void {
    const { kernels, buffer } = this;
    const words = (this.write(symbol, buffer) - buffer) / Int32Array.BYTES_PER_ELEMENT;
    if (this.used + words > CHUNK_WORDS) {
      const integers = new Int32Array(CHUNK_WORDS);
      this.chunks.push({ integers, floats: new Float32Array(integers.buffer) });
      this.used = 0;
    }
    const chunk = this.chunks.length - 1;
    this.chunks[chunk].integers.set(new Int32Array(kernels.memory.buffer, buffer, words), this.used);
    this.places.push({ chunk, begin: this.used });
    this.used += words;
  }
}
