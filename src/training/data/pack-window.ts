import { Vocabulary } from '../../corpus/index.ts';
import type { Batch } from '../../engine/index.ts';

/** What one stream reads in a window: `length` symbols from `start`, each followed by the one it is to predict. */
export interface StreamSlice {
  /** At least `start` + `length` + 1 of them. */
  readonly symbols: Uint16Array | Int32Array;
  readonly start: number;
  readonly length: number;
  /** Predictions of symbols before this index do not count; left out: all count. */
  readonly countedFrom?: number;
}

/**
 * Packs what B streams read next into a batch of as many time steps as the longest slice has. The start of a file is
 * read but never a prediction that counts, and neither is what lies behind the end of a slice.
 * @param slices one for each stream, undefined where a stream has ended.
 */
export function packWindow(slices: readonly (StreamSlice | undefined)[]): Batch {
  const B = slices.length;
  const T = slices.reduce((max, slice) => Math.max(max, slice?.length ?? 0), 0);
  const inputs = new Int32Array(T * B);
  const targets = new Int32Array(T * B).fill(-1);
  for (const [b, slice] of slices.entries()) {
    if (!slice) continue;
    const { symbols, start, length, countedFrom = 0 } = slice;
    for (let t = 0; t < length; t++) {
      const next = start + t + 1;
      inputs[t * B + b] = symbols[next - 1];
      if (next >= countedFrom && symbols[next] !== Vocabulary.startOfFile) targets[t * B + b] = symbols[next];
    }
  }
  return { sequenceLength: T, inputs, targets };
}
