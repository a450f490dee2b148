// Secondary estimation (Mahoney's SSE, the adaptive probability map at the end of PAQ): how often the best symbol came
// when it was given such a probability in such circumstances; the others share what that leaves.
import { Prediction } from '../inputs/prediction';

/** Steps of ln(p / (1 - p)), half a unit each, the first at -4: p from 0.018 to 0.9994. */
const STEPS: i32 = 24;
const FIRST: f32 = -4;
const STEP: f32 = 0.5;
/** Bounds of the probability that is looked up; a best row above the upper one is left as it is. */
const MIN_PROBABILITY: f32 = 0.0001;
const MAX_PROBABILITY: f32 = 0.99995;
/** The estimate's weight in what the best symbol is given; 0, which leaves this step out, and 1 each cost 0.15 % of the bits. */
const ESTIMATE_WEIGHT: f32 = 0.5;
/** By which an estimate follows what comes. */
const RATE: f32 = 0.01;

/** Circumstances: coarse orders of document and workspace, and symbols of the word, 0 to 2. */
const ORDER_STEPS: i32 = 6;
const WORD_STEPS: i32 = 3;
const CIRCUMSTANCES: i32 = ORDER_STEPS * ORDER_STEPS * WORD_STEPS;
export const ESTIMATES_BYTES: usize = <usize>(CIRCUMSTANCES * STEPS) * 4;

/** Sets estimates to the probabilities they are of. */
export function initializeEstimates(estimates: usize): void {
  for (let i = 0; i < CIRCUMSTANCES * STEPS; i++) {
    const x = FIRST + <f32>(i % STEPS) * STEP;
    store<f32>(estimates + ((<usize>i) << 2), 1 / (1 + Mathf.exp(-x)));
  }
}

/** @inline */
function coarse(order: i32): i32 {
  return order < 2 ? 0 : order < 4 ? 1 : order < 6 ? 2 : order < 7 ? 3 : order < 8 ? 4 : 5;
}

/**
 * Moves the best row towards what is estimated of it and scales the others.
 * @param from [count + 1] f32 probabilities
 * @param to receives them
 */
export function estimateBest(prediction: Prediction, estimates: usize, from: usize, to: usize): void {
  const orders = coarse(prediction.documentOrder) * ORDER_STEPS + coarse(prediction.workspaceOrder);
  const circumstance = orders * WORD_STEPS + min(prediction.wordLength, WORD_STEPS - 1);
  const best = prediction.best;
  const before = load<f32>(from + ((<usize>best) << 2));
  const estimate = lookUp(prediction, estimates + ((<usize>(circumstance * STEPS)) << 2), before);
  const p = before + (estimate - before) * ESTIMATE_WEIGHT;
  const isSure = before > MAX_PROBABILITY;
  const scale: f32 = isSure ? 1 : (1 - p) / (1 - before);
  for (let row = 0; row <= prediction.count; row++) {
    const at = (<usize>row) << 2;
    store<f32>(to + at, row == best && !isSure ? p : load<f32>(from + at) * scale);
  }
}

/** The estimate for a probability, interpolated between its two neighbours. */
function lookUp(prediction: Prediction, estimates: usize, p: f32): f32 {
  const bounded = min(max(p, MIN_PROBABILITY), MAX_PROBABILITY);
  const x = min(max((Mathf.log(bounded / (1 - bounded)) - FIRST) / STEP, 0), <f32>(STEPS - 1) - 0.001);
  const step = <i32>x;
  const lower = estimates + ((<usize>step) << 2);
  const share = x - <f32>step;
  prediction.lowerEstimate = lower;
  prediction.upperShare = share;
  return load<f32>(lower) * (1 - share) + load<f32>(lower, 4) * share;
}

/**
 * Learns whether the best symbol came.
 * @param target 1 if it did, 0 if not
 */
export function learnEstimate(prediction: Prediction, target: f32): void {
  const lower = prediction.lowerEstimate;
  const share = prediction.upperShare;
  const low = load<f32>(lower);
  const high = load<f32>(lower, 4);
  store<f32>(lower, low + (target - low) * RATE * (1 - share));
  store<f32>(lower, high + (target - high) * RATE * share, 4);
}
