import type { Kernels } from '../../src/context-model/wasm/kernel-exports.ts';

/** 32-bit words of a chunk; an example is never cut in two. */
const CHUNK_WORDS = 1 << 24;

/** Where an example begins: kernels/teaching-example.ts has its layout. */
export interface Example {
  readonly integers: Int32Array;
  readonly floats: Float32Array;
  readonly begin: number;
}

/** Predictions to teach the hidden layer with: about 1.2 kB each. */
export class Examples {
  private readonly kernels: Kernels;
  private readonly buffer: number;
  private readonly chunks: { readonly integers: Int32Array; readonly floats: Float32Array }[] = [];
  /** Numbers of chunks, and where in them the examples begin. */
  private readonly places: { readonly chunk: number; readonly begin: number }[] = [];
  private used = CHUNK_WORDS;

  constructor(kernels: Kernels) {
    this.kernels = kernels;
    this.buffer = kernels.allocate(kernels.maxExampleBytes());
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
    const words = (kernels.writeExample(symbol, buffer) - buffer) / Int32Array.BYTES_PER_ELEMENT;
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
