import type { Prediction } from '../../context-model/index.ts';
import type { Path } from './display-policy.ts';
import type { CursorContext } from '../text/cursor-context.ts';
import { logProbabilityOf, type Continuation } from '../predict/predictor.ts';
import { allowedLength } from '../text/trim.ts';

/** A character that might have been written at a step, and the probability of the text that would end with it. */
export interface Rival {
  readonly codePoint: number;
  readonly probability: number;
}

/** A path by its code points. */
export interface WrittenPath extends Path {
  readonly codePoints: readonly number[];
  /** The likeliest others at each step, where they were asked for. */
  readonly rivals: readonly (readonly Rival[])[];
  /** Before each code point, the natural logarithm of the probability that what follows the cursor begins there. */
  readonly restStarts: readonly number[];
}

export interface WritingOptions {
  /** The place in the prediction's list of what to write next; undefined ends the text. */
  readonly choose: (prediction: Prediction) => number | undefined;
  /** Least probability of the text. */
  readonly floor: number;
  /** Most characters. */
  readonly maxLength: number;
  readonly withRivals: boolean;
  readonly isCancelled: () => boolean;
}

/** Checking for a cancellation polls the thread's messages. */
const CHARACTERS_BETWEEN_CANCEL_CHECKS = 4;
/** Letters and spaces end a text rarely, so the rules that end it are run less often after them. */
const CHARACTERS_BETWEEN_END_CHECKS = 8;
/** Symbols of a prediction that may become alternatives. */
const MAX_RIVALS = 3;

/**
 * Writes on until the text ends by itself, is too long, or is too unlikely.
 * @returns undefined when cancelled.
 */
export function writeOn(
  continuation: Continuation,
  context: CursorContext,
  { choose, floor, maxLength, withRivals, isCancelled }: WritingOptions,
): WrittenPath | undefined {
  const codePoints: number[] = [];
  const probabilities: number[] = [];
  const rivals: Rival[][] = [];
  const restStarts: number[] = [];
  const [restStart] = context.following;
  const { confidencePower = 1 } = continuation;
  let text = '';
  let logarithm = 0;
  while (codePoints.length < maxLength) {
    const prediction = continuation.predict();
    if (restStart !== undefined) restStarts.push(logProbabilityOf(restStart, prediction));
    const chosen = choose(prediction);
    if (chosen === undefined) break;
    const codePoint = prediction.codePoints[chosen];
    const before = logarithm;
    logarithm += confidencePower * prediction.logProbabilities[chosen];
    const probability = Math.exp(logarithm);
    if (!(probability >= floor)) break;
    text += String.fromCodePoint(codePoint);
    codePoints.push(codePoint);
    probabilities.push(probability);
    if (withRivals) rivals.push(rivalsIn(prediction, chosen, before, confidencePower));
    if (shouldCheckEnd(codePoint, codePoints.length) && allowedLength(text, context) < text.length) break;
    if (codePoints.length % CHARACTERS_BETWEEN_CANCEL_CHECKS === 0 && isCancelled()) return undefined;
    if (codePoints.length < maxLength) continuation.advance(codePoint);
  }
  return { text, codePoints, probabilities, rivals, restStarts };
}

/** Whether the rules that end a text should be run. Checking rarely is safe: what is written too much is trimmed. */
function shouldCheckEnd(codePoint: number, length: number): boolean {
  return (
    length % CHARACTERS_BETWEEN_END_CHECKS === 0 || !/[\p{L}\p{N}_ \t]/u.test(String.fromCodePoint(codePoint))
  );
}

function rivalsIn(
  { count, codePoints, logProbabilities }: Prediction,
  chosen: number,
  before: number,
  confidencePower: number,
): Rival[] {
  const rivals: Rival[] = [];
  for (let index = 0; index < Math.min(MAX_RIVALS, count); index++) {
    if (index === chosen) continue;
    const probability = Math.exp(before + confidencePower * logProbabilities[index]);
    rivals.push({ codePoint: codePoints[index], probability });
  }
  return rivals;
}
