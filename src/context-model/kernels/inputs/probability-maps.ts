// Adaptive probability maps, the indirection of PAQ (Mahoney, Adaptive Weighing of Context Models for Lossless Data
// Compression, 2005): what a context counted is not taken for a probability, but for a state, of which is learnt how
// often a symbol with such counts really came. Each column has a map of its own; count-states.ts has the states.
import { ABSENT } from './count-states';

@unmanaged
export class State {
  probability: f32;
  /** ln of the probability. */
  logarithm: f32;
  /** How often it was updated, from 1. */
  updates: f32;
  /** Added to the mixer's sum, learnt by gradient. */
  score: f32;
}

export const STATE_BYTES: usize = 16;

const MIN_PROBABILITY: f32 = 0.00005;
/** Where a map of one table starts for a symbol that was not counted, and where all other maps start. */
const ABSENT_PROBABILITY: f32 = 0.02;
const OTHER_PROBABILITY: f32 = 0.1;
/** Added to both counts of a symbol that was counted, near the 1/2 of Krichevsky and Trofimov (1981). */
const PSEUDO_COUNT: f32 = 0.4;

/**
 * Sets a map to what is believed of its states before anything is known.
 * @param isOfTable whether it is of the counts of one table
 */
export function initializeMap(map: usize, states: i32, isOfTable: bool): void {
  for (let i = 0; i < states; i++) {
    const n: f32 = <f32>(i >> 4);
    const rest: f32 = <f32>(i & 15);
    const ofCounts: f32 =
      i < ABSENT ? (n + PSEUDO_COUNT) / (n + rest + 2 * PSEUDO_COUNT) : ABSENT_PROBABILITY;
    const p = isOfTable ? ofCounts : OTHER_PROBABILITY;
    const state = changetype<State>(map + <usize>i * STATE_BYTES);
    state.probability = p;
    state.logarithm = Mathf.log(p);
    state.updates = 1;
    state.score = 0;
  }
}

/**
 * ln x of four positive x, absolute error below 1e-4: exponent and mantissa m of x = 2^e m, 1 <= m < 2, and
 * ln m = 2 artanh z, z = (m - 1) / (m + 1) <= 1 / 3, by its series up to z^7.
 * @inline
 */
function logarithms(x: v128): v128 {
  const one = f32x4.splat(1);
  const exponent = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(127)));
  const m = v128.or(v128.and(x, i32x4.splat(0x7fffff)), i32x4.splat(0x3f800000));
  const z = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one));
  const square = f32x4.mul(z, z);
  let series = f32x4.add(f32x4.mul(square, f32x4.splat(0.14285715)), f32x4.splat(0.2));
  series = f32x4.add(f32x4.mul(square, series), f32x4.splat(0.33333334));
  series = f32x4.add(f32x4.mul(square, series), one);
  const ofMantissa = f32x4.mul(f32x4.add(z, z), series);
  return f32x4.add(f32x4.mul(exponent, f32x4.splat(0.6931472)), ofMantissa);
}

/**
 * Moves a state towards what came; its logarithm is left to `setLogarithms`.
 * @param target 1 if the symbol came, 0 if not; between them for several symbols in one state
 * @param error target less what was predicted, of all symbols in the state together
 * @param minRate by which the probability moves when it has been updated often
 * @inline
 */
export function updateState(state: State, target: f32, error: f32, minRate: f32, scoreRate: f32): void {
  const n = state.updates + 1;
  const before = state.probability;
  state.probability = max(before + (target - before) * max(minRate, 1 / (n + 0.5)), MIN_PROBABILITY);
  state.updates = n;
  state.score += scoreRate * error;
}

/** Sets the logarithms of states, given by their addresses; there must be room for three addresses more. */
export function setLogarithms(states: usize, end: usize): void {
  if (states == end) return;
  for (let i: usize = 0; i < 3; i++) store<u32>(end + (i << 2), load<u32>(states));
  for (let at = states; at < end; at += 16) {
    const a: usize = load<u32>(at);
    const b: usize = load<u32>(at, 4);
    const c: usize = load<u32>(at, 8);
    const d: usize = load<u32>(at, 12);
    let x = v128.load32_zero(a);
    x = v128.load32_lane(b, x, 1);
    x = v128.load32_lane(c, x, 2);
    x = v128.load32_lane(d, x, 3);
    x = logarithms(x);
    v128.store32_lane(a, x, 0, 4);
    v128.store32_lane(b, x, 1, 4);
    v128.store32_lane(c, x, 2, 4);
    v128.store32_lane(d, x, 3, 4);
  }
}
