import type { Alphabet } from './alphabet.ts';
import type { Kernels } from './kernel-exports.ts';
import type { Prediction } from '../context-model.ts';

/** Reads the kernels' last result. */
export class Results {
  private readonly kernels: Kernels;
  private readonly alphabet: Alphabet;
  /** All of the kernels' memory; kept, for views cost more than what is read through them. */
  private words: Uint32Array = new Uint32Array(0);
  private floats: Float32Array = new Float32Array(0);

  constructor(kernels: Kernels, alphabet: Alphabet) {
    this.kernels = kernels;
    this.alphabet = alphabet;
  }

  /** The last result as code points; what is of symbol 0 is part of the rest. */
  read(): Prediction {
    const { kernels } = this;
    const { buffer } = kernels.memory;
    if (this.words.buffer !== buffer) {
      this.words = new Uint32Array(buffer);
      this.floats = new Float32Array(buffer);
    }
    const count = kernels.resultCount();
    const symbols = kernels.resultSymbols() / Uint32Array.BYTES_PER_ELEMENT;
    const probabilities = kernels.resultProbabilities() / Float32Array.BYTES_PER_ELEMENT;
    const codePoints = new Int32Array(count);
    const logProbabilities = new Float32Array(count);
    let listed = 0;
    let rest = kernels.rest();
    for (let i = 0; i < count; i++) {
      const symbol = this.words[symbols + i];
      const probability = this.floats[probabilities + i];
      if (symbol === 0) {
        rest += probability;
        continue;
      }
      codePoints[listed] = this.alphabet.codePoints[symbol];
      logProbabilities[listed++] = Math.log(probability);
    }
    if (listed === count) return { count, codePoints, logProbabilities, rest };
    return {
      count: listed,
      codePoints: codePoints.subarray(0, listed),
      logProbabilities: logProbabilities.subarray(0, listed),
      rest,
    };
  }
}
