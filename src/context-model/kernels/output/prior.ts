// The last result as the prior of a network's logits.
import { codePointOf } from '../alphabet';
import { rest, resultCount, resultProbabilities, resultSymbols } from './result';

/** Symbols of a prior. */
export const PRIOR_SYMBOLS: i32 = 8;
/**
 * Symbols that are taken to share what is left. A constant, not the alphabet's size: a prior must not depend on which
 * characters the rest of the text holds.
 */
const OTHERS: f32 = 100;
/** In nats, e^16 times the floor: what is all but certain. */
const MAX_DELTA: f32 = 16;

/**
 * Writes the last result as a prior.
 * @param codePoints [PRIOR_SYMBOLS] i32, -1 where there are fewer
 * @param deltas [PRIOR_SYMBOLS] f32, differences above the floor in nats, 0 to MAX_DELTA
 */
export function writePrior(codePoints: usize, deltas: usize): void {
  const count = resultCount();
  let above = rest();
  let listed = 0;
  for (let i = 0; i < count; i++) {
    const symbol = load<u32>(resultSymbols() + ((<usize>i) << 2));
    const p = load<f32>(resultProbabilities() + ((<usize>i) << 2));
    if (symbol == 0 || listed == PRIOR_SYMBOLS) {
      above += p;
      continue;
    }
    store<i32>(codePoints + ((<usize>listed) << 2), codePointOf(symbol));
    store<f32>(deltas + ((<usize>listed) << 2), p);
    listed++;
  }
  const floor = max<f32>(above / OTHERS, 1e-9);
  for (let i = 0; i < PRIOR_SYMBOLS; i++) {
    const at = (<usize>i) << 2;
    if (i < listed) {
      const delta = Mathf.log(max<f32>(load<f32>(deltas + at) / floor, 1));
      store<f32>(deltas + at, min(delta, MAX_DELTA));
    } else {
      store<i32>(codePoints + at, -1);
      store<f32>(deltas + at, 0);
    }
  }
}
