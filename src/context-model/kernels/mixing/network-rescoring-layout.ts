// Weights of the layer that scores counts and network together again (network-rescoring.ts). All of them are f32, one
// vector after the other, NETWORK_HIDDEN to a vector:
//   inputs         [NETWORK_INPUTS, NETWORK_HIDDEN]
//   positions      [POSITION_VECTORS, NETWORK_HIDDEN], of which those are added that what is known of a position chooses
//   candidates     [CHARACTERS + 1, NETWORK_HIDDEN], of which the candidate's own is added; the last is of all others
//   output         [NETWORK_HIDDEN]
import { CHARACTERS } from '../alphabet';
import { scatter } from '../rescoring/layout';
import { KIND_CASES, ORDER_CASES, SURE_CASES } from './network-cases';

export const NETWORK_HIDDEN: i32 = 16;
export const NETWORK_HIDDEN_BYTES: usize = <usize>NETWORK_HIDDEN * 4;
/**
 * Logarithms of what the counts, the mixture and the network say, their probabilities, whether only the network lists
 * the symbol, and whether the row stands for all others.
 */
export const NETWORK_INPUTS: i32 = 8;
/** Chosen by each of `cases`, by the last character, and one always. */
export const NETWORK_POSITION_SETS: i32 = 5;
const POSITION_VECTORS: i32 = ORDER_CASES + KIND_CASES + SURE_CASES + CHARACTERS + 1;

export const POSITIONS_AT: usize = <usize>NETWORK_INPUTS * NETWORK_HIDDEN_BYTES;
export const CANDIDATES_AT: usize = POSITIONS_AT + <usize>POSITION_VECTORS * NETWORK_HIDDEN_BYTES;
export const OUTPUT_AT: usize = CANDIDATES_AT + <usize>(CHARACTERS + 1) * NETWORK_HIDDEN_BYTES;
export const NETWORK_RESCORING_BYTES: usize = OUTPUT_AT + NETWORK_HIDDEN_BYTES;

/** The inputs' weights begin between minus this and this. */
const MAX_INITIAL: f32 = 0.1;

/** Weights that change nothing yet, because those of the output are 0. */
export function initializeNetworkRescoring(weights: usize): void {
  memory.fill(weights, 0, NETWORK_RESCORING_BYTES);
  for (let i = 0; i < NETWORK_INPUTS * NETWORK_HIDDEN; i++) {
    const share = <f32>(scatter(<u32>i + 1) >> 8) / 16777216;
    store<f32>(weights + ((<usize>i) << 2), (share * 2 - 1) * MAX_INITIAL);
  }
}
