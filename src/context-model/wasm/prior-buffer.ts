import { PRIOR_SYMBOLS, type Priors } from '../context-model.ts';
import type { Kernels } from './kernel-exports.ts';

const POSITION_BYTES = PRIOR_SYMBOLS * Int32Array.BYTES_PER_ELEMENT;

/** Where the kernels write priors: [positions, PRIOR_SYMBOLS] i32 code points, and as many f32 deltas. */
export class PriorBuffer {
  readonly codePoints: number;
  readonly deltas: number;
  private readonly kernels: Kernels;

  constructor(kernels: Kernels, positions: number) {
    this.kernels = kernels;
    this.codePoints = kernels.allocate(positions * POSITION_BYTES);
    this.deltas = kernels.allocate(positions * POSITION_BYTES);
  }

  /** A copy of the first positions. */
  read(positions: number): Priors {
    const { buffer } = this.kernels.memory;
    const length = positions * PRIOR_SYMBOLS;
    return {
      positions,
      codePoints: new Int32Array(buffer, this.codePoints, length).slice(),
      deltas: new Float32Array(buffer, this.deltas, length).slice(),
    };
  }

  dispose(): void {
    this.kernels.release(this.codePoints);
    this.kernels.release(this.deltas);
  }
}
