import type { Prediction } from '../../context-model/index.ts';
import type { RandomGenerator } from '../../model/index.ts';

/**
 * Which of the listed symbols of a prediction to write next, by its place in the list.
 * @param temperature logarithms of probabilities are divided by it; 0 or less takes the likeliest.
 * @returns undefined when nothing is listed.
 */
export function choose(
  { count, logProbabilities }: Prediction,
  temperature: number,
  random: RandomGenerator,
): number | undefined {
  if (count === 0) return undefined;
  if (!(temperature > 0)) return 0;
  const weights = new Float64Array(count);
  let total = 0;
  for (let index = 0; index < count; index++) {
    weights[index] = Math.exp((logProbabilities[index] - logProbabilities[0]) / temperature);
    total += weights[index];
  }
  let left = random.nextUniform() * total;
  for (let index = 0; index < count; index++) {
    left -= weights[index];
    if (left < 0) return index;
  }
  return 0;
}

/** Writes `codePoints` as far as each is listed, and then what `next` chooses; see `choose`. */
export function chooseAfter(
  codePoints: readonly number[],
  next: (prediction: Prediction) => number | undefined,
): (prediction: Prediction) => number | undefined {
  let written = 0;
  return (prediction) => {
    if (written >= codePoints.length) return next(prediction);
    const index = prediction.codePoints.indexOf(codePoints[written++]);
    return index >= 0 && index < prediction.count ? index : undefined;
  };
}
