import type { Prediction } from '../../context-model/index.ts';

/** The text before a cursor. */
export interface TextBefore {
  /** Names the document, for what is kept of it. */
  readonly document: string;
  /** From a line start (`atFileStart`: from the file's), LF line ends. */
  readonly prefix: string;
  readonly atFileStart: boolean;
  /**
   * Where `prefix` ends in the document as the editor has it (UTF-16 units), for predictors that follow whole documents.
   * Left out: `prefix` is all that is known.
   */
  readonly offset?: number;
}

/** A text that is being written on. */
export interface Continuation {
  /** What may come next, at temperature 1; holds until `advance` or another call. */
  predict(): Prediction;
  /** To this power, a probability says how sure a suggestion may be of a symbol; left out: 1. */
  readonly confidencePower?: number;
  advance(codePoint: number): void;
}

/** A text that was read; its last continuation ends when another one begins. */
export interface Reading {
  continuation(): Continuation;
  /**
   * How likely `following` is behind the text and the first code points of `path`, for each number of them in `ends`
   * (rising), as natural logarithms. Ends the last continuation.
   */
  logLikelihoods(path: readonly number[], ends: readonly number[], following: readonly number[]): number[];
}

/** Reads a document up to the cursor and tells what may come next. */
export interface Predictor {
  /** Undefined: cancelled. */
  read(text: TextBefore, isCancelled: () => boolean): Reading | undefined;
  /** Reads ahead of a request what takes time, as far as it gets; nothing that is ever asked depends on it. */
  warm(text: TextBefore, isCancelled: () => boolean): void;
  /** Drops what is kept for a document. */
  forget(document: string): void;
}

/** Of a symbol that is not listed in a prediction: one of so many. */
const UNLISTED = 64;
/** Text that is as unlikely as this is not looked at further. */
const MIN_LOG_LIKELIHOOD = -14;

/** Natural logarithm of the probability of `following`, along a continuation that goes forward. */
export function logLikelihood(continuation: Continuation, following: readonly number[]): number {
  let total = 0;
  for (const [index, codePoint] of following.entries()) {
    const prediction = continuation.predict();
    total += logProbabilityOf(codePoint, prediction);
    if (total < MIN_LOG_LIKELIHOOD) break;
    if (index + 1 < following.length) continuation.advance(codePoint);
  }
  return total;
}

export function logProbabilityOf(
  codePoint: number,
  { count, codePoints, logProbabilities, rest }: Prediction,
): number {
  const index = codePoints.subarray(0, count).indexOf(codePoint);
  return index >= 0 ? logProbabilities[index] : Math.log(Math.max(rest, 1e-6) / UNLISTED);
}
