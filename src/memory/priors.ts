import { PRIOR_SYMBOLS } from './memory.ts';
import { readResult } from './result.ts';
import type { Shared } from './shared.ts';

/**
 * Symbols that are taken to share what is left. A constant, not the alphabet's size: a prior must not depend on which
 * characters the rest of the text holds.
 */
const OTHERS = 100;
/** A difference of more says nothing that a network could use. */
const LARGEST_DELTA = 16;

/** Writes the last prediction as a prior, at `at` of the arrays. */
export function priorsOf(shared: Shared, codePoints: Int32Array, deltas: Float32Array, at: number): void {
  const { count, codePoints: found, logProbabilities, rest } = readResult(shared);
  let above = rest;
  for (let i = PRIOR_SYMBOLS; i < count; i++) above += Math.exp(logProbabilities[i]);
  const floor = Math.log(Math.max(above / OTHERS, 1e-9));
  for (let i = 0; i < PRIOR_SYMBOLS; i++) {
    const isListed = i < count;
    codePoints[at + i] = isListed ? found[i] : -1;
    deltas[at + i] = isListed ? Math.min(Math.max(logProbabilities[i] - floor, 0), LARGEST_DELTA) : 0;
  }
}
