// The last prediction as others read it: symbols by falling probability, and what is left.

/** Symbols a result may list: 60 candidates of the counts, and 4 that a network adds. */
export const MAX_RESULTS: i32 = 64;

/** [MAX_RESULTS] u32 */
const outSymbols: usize = memory.data(MAX_RESULTS * 4, 16);
/** [MAX_RESULTS] f32 */
const outProbabilities: usize = memory.data(MAX_RESULTS * 4, 16);
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

/** [MAX_RESULTS] f32 probabilities by row, then -1; so that they can be compared four at a time. */
const compared: usize = memory.data(MAX_RESULTS * 4, 16);

/** Sorts rows by falling probability; equal ones keep their order. The last row, `count`, is the rest. */
export function setResult(symbols: usize, probabilities: usize, count: i32): void {
  const bytes = (<usize>MAX_RESULTS) << 2;
  const end = (<usize>count) << 2;
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(compared + at, f32x4.splat(-1));
    v128.store(outProbabilities + at, f32x4.splat(-1));
  }
  for (let at: usize = 0; at < end; at += 4) store<f32>(compared + at, load<f32>(probabilities + at));
  for (let at: usize = 0; at < end; at += 4) {
    // A row's rank is the number of greater ones; among equals, the next that is free.
    const p = v128.load32_splat(compared + at);
    let greater = i32x4.splat(0);
    for (let other: usize = 0; other < bytes; other += 16) {
      greater = i32x4.sub(greater, f32x4.gt(v128.load(compared + other), p));
    }
    let rank =
      (<usize>(
        (i32x4.extract_lane(greater, 0) +
          i32x4.extract_lane(greater, 1) +
          i32x4.extract_lane(greater, 2) +
          i32x4.extract_lane(greater, 3))
      )) << 2;
    while (load<f32>(outProbabilities + rank) >= 0) rank += 4;
    store<f32>(outProbabilities + rank, load<f32>(compared + at));
    store<u32>(outSymbols + rank, load<u32>(symbols + at));
  }
  outCount = count;
  outRest = load<f32>(probabilities + end);
}
