// The last prediction as others read it: symbols by falling probability, and what is left.
import { CANDIDATES } from './gather';

/** Candidates of the memory, and of a network beside it. */
export const RESULTS: i32 = CANDIDATES + 4;

/** [RESULTS] u32 */
// @ts-ignore: decorator
@lazy
const outSymbols: usize = memory.data(RESULTS * 4, 16);
/** [RESULTS] f32 */
// @ts-ignore: decorator
@lazy
const outProbabilities: usize = memory.data(RESULTS * 4, 16);
let outCount: i32 = 0;
let outRest: f32 = 1;

export function resultCount(): i32 {
  return outCount;
}

export function resultSymbols(): usize {
  return outSymbols;
}

export function resultProbabilities(): usize {
  return outProbabilities;
}

/** The probability of all that is not listed. */
export function rest(): f32 {
  return outRest;
}

/** Sorts rows by falling probability; equal ones keep their order. The last row, `count`, is the rest. */
export function setResult(symbols: usize, probabilities: usize, count: i32): void {
  for (let row = 0; row < count; row++) {
    const p = load<f32>(probabilities + (<usize>row << 2));
    let at = row;
    while (at > 0 && load<f32>(outProbabilities + (<usize>(at - 1) << 2)) < p) {
      store<f32>(outProbabilities + (<usize>at << 2), load<f32>(outProbabilities + (<usize>(at - 1) << 2)));
      store<u32>(outSymbols + (<usize>at << 2), load<u32>(outSymbols + (<usize>(at - 1) << 2)));
      at--;
    }
    store<f32>(outProbabilities + (<usize>at << 2), p);
    store<u32>(outSymbols + (<usize>at << 2), load<u32>(symbols + (<usize>row << 2)));
  }
  outCount = count;
  outRest = load<f32>(probabilities + (<usize>count << 2));
}
