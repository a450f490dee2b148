// What is known of a position where a network is mixed in, by which weights are chosen.
import { Prediction } from '../inputs/prediction';

const ORDER_STEPS: i32 = 4;
const SURE_STEPS: i32 = 6;
const WORD_STEPS: i32 = 3;
const AGREEMENT_STEPS: i32 = 4;
const KINDS: i32 = 7;

/** By the orders known and how sure the network is. */
export const ORDER_CASES: i32 = ORDER_STEPS * ORDER_STEPS * SURE_STEPS;
/** By the last character's kind, the word's length, whether both agree and whether the network is sure. */
export const KIND_CASES: i32 = KINDS * WORD_STEPS * AGREEMENT_STEPS;
/** By how sure either is, and whether they agree. */
export const SURE_CASES: i32 = SURE_STEPS * SURE_STEPS * 2;

/** The cases of a position, each from 0. */
@unmanaged
export class NetworkCases {
  order: i32;
  kind: i32;
  sure: i32;
}

export const cases: NetworkCases = changetype<NetworkCases>(memory.data(16, 16));

/**
 * Sets `cases`.
 * @param ofCounts logarithm of the probability of the counts' favourite
 * @param ofNetwork that of the network's
 * @param isAgreed whether they are the same
 */
export function chooseCases(prediction: Prediction, ofCounts: f32, ofNetwork: f32, isAgreed: bool): void {
  const sure = sureness(ofNetwork);
  const orders = coarse(prediction.documentOrder) * ORDER_STEPS + coarse(prediction.workspaceOrder);
  const length = prediction.wordLength;
  const word = length == 0 ? 0 : length < 4 ? 1 : 2;
  const agreement = (isAgreed ? 2 : 0) + (sure > 2 ? 1 : 0);
  cases.order = orders * SURE_STEPS + sure;
  cases.kind = (prediction.lastKind * WORD_STEPS + word) * AGREEMENT_STEPS + agreement;
  cases.sure = (sureness(ofCounts) * SURE_STEPS + sure) * 2 + (isAgreed ? 1 : 0);
}

/** How probable a favourite is: above 0.97, 0.86, 0.61, 0.37, 0.2, or not even that. */
function sureness(log: f32): i32 {
  return log > -0.03 ? 5 : log > -0.15 ? 4 : log > -0.5 ? 3 : log > -1 ? 2 : log > -1.6 ? 1 : 0;
}

/** @inline */
function coarse(order: i32): i32 {
  return order < 3 ? 0 : order < 6 ? 1 : order < 8 ? 2 : 3;
}
