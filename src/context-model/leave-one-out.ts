import type { Kernels } from './wasm/kernel-exports.ts';
import { PRIOR_SYMBOLS, type Priors } from './context-model.ts';

const PLACE_BYTES = PRIOR_SYMBOLS * Int32Array.BYTES_PER_ELEMENT;

/** Where the kernels write priors: [places, PRIOR_SYMBOLS] i32 code points, and as many f32 deltas. */
export class PriorBuffer {
  readonly codePoints: number;
  readonly deltas: number;
  private readonly kernels: Kernels;

  constructor(kernels: Kernels, places: number) {
    this.kernels = kernels;
    this.codePoints = kernels.allocate(places * PLACE_BYTES);
    this.deltas = kernels.allocate(places * PLACE_BYTES);
  }

  /** A copy of the first places. */
  read(places: number): Priors {
    const { buffer } = this.kernels.memory;
    const length = places * PRIOR_SYMBOLS;
    return {
      places,
      codePoints: new Int32Array(buffer, this.codePoints, length).slice(),
      deltas: new Float32Array(buffer, this.deltas, length).slice(),
    };
  }

  dispose(): void {
    this.kernels.release(this.codePoints);
    this.kernels.release(this.deltas);
  }
}
