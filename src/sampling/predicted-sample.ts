import type { Prediction } from '../context-model/index.ts';
import { RandomGenerator } from '../model/index.ts';
import { MIN_DRAWN_SHARE } from './distribution.ts';
import { RepetitionBlocker } from './repetition-blocker.ts';
import { SYMBOLS_PER_PIECE } from './sampler.ts';
import type { SampleOptions } from './sampler.ts';

/** A text that is being written by any predictor. */
export interface PredictedText {
  /** The distribution of the next character at temperature 1; valid until `advance`. */
  predict(): Prediction;
  /** Appends a code point to the text. */
  advance(codePoint: number): void;
}

/**
 * Writes a sample from predictions that list the likeliest characters, a few characters at a time; ends early where
 * nothing is listed. Characters that are not listed are never written.
 * @param text begins after the prime.
 */
export function* samplePredictions(
  text: PredictedText,
  { prime, length, temperature, seed }: SampleOptions,
): Generator<string, void, void> {
  const random = new RandomGenerator(seed);
  const repetition = temperature > 0 ? new RepetitionBlocker(prime) : undefined;
  let piece = '';
  for (let characters = 0; characters < length;) {
    const codePoint = draw(text.predict(), temperature, random, repetition?.blocked());
    if (codePoint === undefined) break;
    piece += String.fromCodePoint(codePoint);
    characters++;
    if (characters % SYMBOLS_PER_PIECE === 0) {
      yield piece;
      piece = '';
    }
    repetition?.add(codePoint);
    text.advance(codePoint);
  }
  if (piece !== '') yield piece;
}

/**
 * Draws a code point with a probability proportional to p^(1 / temperature) from those at least `MIN_DRAWN_SHARE` as
 * likely as the likeliest; at 0, takes the likeliest.
 * @param blocked code points that are drawn only if no other is listed.
 */
function draw(
  { count, codePoints, logProbabilities }: Prediction,
  temperature: number,
  random: RandomGenerator,
  blocked: ReadonlySet<number> = new Set(),
): number | undefined {
  const listed = Array.from({ length: count }, (_, index) => index);
  const allowed = listed.filter((index) => !blocked.has(codePoints[index]));
  // The likeliest is listed first.
  const [best, ...others] = allowed.length > 0 ? allowed : listed;
  if (best === undefined || !(temperature > 0) || others.length === 0) return codePoints[best];
  const candidates = [best, ...others];
  const weights = candidates.map((index) => {
    const weight = Math.exp((logProbabilities[index] - logProbabilities[best]) / temperature);
    return weight < MIN_DRAWN_SHARE ? 0 : weight;
  });
  let left = random.nextUniform() * weights.reduce((sum, weight) => sum + weight, 0);
  const drawn = candidates.find((_, i) => (left -= weights[i]) < 0);
  return codePoints[drawn ?? best];
}
