import type { Prediction } from '../context-model/index.ts';
import { RandomGenerator } from '../model/index.ts';
import { RepetitionBlocker } from './repetition-blocker.ts';
import { SYMBOLS_PER_PIECE } from './sampler.ts';
import type { SampleOptions } from './sampler.ts';

/** A text that is being written, by whatever predicts its next character. */
export interface PredictedText {
  /** What may come next, at temperature 1; holds until `advance`. */
  predict(): Prediction;
  /** Goes on over a code point that was written. */
  advance(codePoint: number): void;
}

/**
 * Writes a sample from predictions that list the likeliest characters, a few characters at a time; ends early where
 * nothing is listed. Characters that are not listed are never written.
 * @param text that has read the prime.
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
 * Draws with probability p^(1 / temperature), scaled; at 0 takes the likeliest.
 * @param blocked never drawn, unless nothing else is listed.
 */
function draw(
  { count, codePoints, logProbabilities }: Prediction,
  temperature: number,
  random: RandomGenerator,
  blocked: ReadonlySet<number> = new Set(),
): number | undefined {
  const listed = Array.from({ length: count }, (_, index) => index);
  const allowed = listed.filter((index) => !blocked.has(codePoints[index]));
  // The likeliest stands first.
  const [best, ...others] = allowed.length > 0 ? allowed : listed;
  if (best === undefined || !(temperature > 0) || others.length === 0) return codePoints[best];
  const candidates = [best, ...others];
  const weights = candidates.map((index) =>
    Math.exp((logProbabilities[index] - logProbabilities[best]) / temperature),
  );
  let left = random.nextUniform() * weights.reduce((sum, weight) => sum + weight, 0);
  const drawn = candidates.find((_, i) => (left -= weights[i]) < 0);
  return codePoints[drawn ?? best];
}
