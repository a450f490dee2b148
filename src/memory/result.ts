import type { Prediction } from './memory.ts';
import type { Shared } from './shared.ts';

/** The kernels' last result, as code points; what is of symbol 0 is part of the rest. */
export function readResult({ kernels, alphabet }: Shared): Prediction {
  const { buffer } = kernels.memory;
  const count = kernels.resultCount();
  const symbols = new Uint32Array(buffer, kernels.resultSymbols(), count);
  const probabilities = new Float32Array(buffer, kernels.resultProbabilities(), count);
  const codePoints = new Int32Array(count);
  const logProbabilities = new Float32Array(count);
  let listed = 0;
  let rest = kernels.rest();
  for (let i = 0; i < count; i++) {
    if (symbols[i] === 0) {
      rest += probabilities[i];
      continue;
    }
    codePoints[listed] = alphabet.codePoints[symbols[i]];
    logProbabilities[listed++] = Math.log(probabilities[i]);
  }
  return {
    count: listed,
    codePoints: codePoints.subarray(0, listed),
    logProbabilities: logProbabilities.subarray(0, listed),
    rest,
  };
}
