// Secondary estimation (Mahoney's SSE, the adaptive probability map at the end of PAQ): how often the best symbol came
// when it was given such a probability in such circumstances; the others share what that leaves.

/** Steps of ln(p / (1 - p)), half a unit each, the first at -4. */
const STEPS: i32 = 24;
const FIRST: f32 = -4;
const STEP: f32 = 0.5;
const LARGEST: f32 = 0.99995;
/** An estimate follows what comes by this part. */
const RATE: f32 = 0.01;

/**
 * Bytes of `circumstances` rows of estimates.
 * @inline
 */
export function estimatesBytes(circumstances: i32): usize {
  return <usize>circumstances * STEPS * 4;
}

/** Sets estimates to the probabilities they are of. */
export function initializeEstimates(estimates: usize, circumstances: i32): void {
  for (let i = 0; i < circumstances * STEPS; i++) {
    const x = FIRST + <f32>(i % STEPS) * STEP;
    store<f32>(estimates + ((<usize>i) << 2), 1 / (1 + Mathf.exp(-x)));
  }
}

/** What was looked at last: the lower of two neighbouring estimates, and how far to the upper. */
let lower: usize = 0;
let upper: f32 = 0;

/** The estimate for a probability, between its two neighbours. */
export function estimateOf(estimates: usize, circumstance: i32, p: f32): f32 {
  const bounded = min(max<f32>(p, 0.0001), LARGEST);
  const x = min(max((Mathf.log(bounded / (1 - bounded)) - FIRST) / STEP, 0), <f32>(STEPS - 1) - 0.001);
  const step = <i32>x;
  lower = estimates + ((<usize>(circumstance * STEPS + step)) << 2);
  upper = x - <f32>step;
  return load<f32>(lower) * (1 - upper) + load<f32>(lower, 4) * upper;
}

/** Learns whether the best symbol came. */
export function teachEstimate(target: f32): void {
  const low = load<f32>(lower);
  const high = load<f32>(lower, 4);
  store<f32>(lower, low + (target - low) * RATE * (1 - upper));
  store<f32>(lower, high + (target - high) * RATE * upper, 4);
}

/** Gives the best row a new probability and scales the others, `count` + 1 rows in all. */
export function revise(from: usize, to: usize, count: i32, best: i32, p: f32): void {
  const before = load<f32>(from + ((<usize>best) << 2));
  const isSure = before > LARGEST;
  const scale: f32 = isSure ? 1 : (1 - p) / (1 - before);
  for (let row = 0; row <= count; row++) {
    const at = (<usize>row) << 2;
    store<f32>(to + at, row == best && !isSure ? p : load<f32>(from + at) * scale);
  }
}
