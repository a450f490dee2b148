// The mixer's weights are the sum of one vector of each set (Knoll's cmix has several mixers likewise, whose outputs are
// mixed again); what is known of the position chooses which. docs/architecture.md says what each set is worth.
import { characterAt, CHARACTERS } from '../alphabet';
import { CONTEXTS, ORDERS } from '../contexts/contexts';
import { entryAt, listAt } from './candidates';
import { ROW_BYTES } from './features';
import { Prediction } from './prediction';

export const SETS: i32 = 5;

/** Orders of document and workspace: 0 to ORDERS each, with room to spare. */
const ORDER_STEPS: i32 = 11;
export const ORDER_VECTORS: i32 = ORDER_STEPS * ORDER_STEPS;
/** Kinds of the last two characters, and the word's length. */
const WORD_STEPS: i32 = 5;
const KIND_STEPS: i32 = 7;
export const KIND_VECTORS: i32 = KIND_STEPS * KIND_STEPS * WORD_STEPS;
/** How sure the longest contexts of document and workspace are. */
const CONFIDENCE_STEPS: i32 = 10;
export const CONFIDENCE_VECTORS: i32 = CONFIDENCE_STEPS * CONFIDENCE_STEPS;
/** The last one is chosen always. */
export const VECTORS: i32 = ORDER_VECTORS + KIND_VECTORS + CONFIDENCE_VECTORS + CHARACTERS + 1;

/** [SETS] i32 numbers of the chosen vectors, each from its set's first. */
const numbers: usize = memory.data(SETS * 4, 16);
/** [SETS] u32 addresses of the chosen vectors. */
export const chosen: usize = memory.data(SETS * 4, 16);

/** The longest context of the last symbols that a table knows, from 1; 0 where it knows none. */
export function maxOrder(firstColumn: i32): i32 {
  let order = ORDERS;
  while (order > 0 && entryAt(firstColumn + order - 1) == 0) order--;
  return order;
}

/**
 * How often the longest known context was seen, in steps that about double, and whether always with one symbol.
 * @returns 0 to 9
 */
function confidenceOf(firstColumn: i32, order: i32): i32 {
  if (order == 0) return 0;
  const list = listAt(firstColumn + order - 1);
  const n = list.total;
  const isMixed = list.symbols > 1;
  return (isMixed ? 0 : 5) + (n < 2 ? 0 : n < 3 ? 1 : n < 5 ? 2 : n < 12 ? 3 : 4);
}

/**
 * Chooses the vectors for the position `p` of a text.
 * @param weights of the mixer
 * @param secondKind kind of the character before the last
 */
export function chooseVectors(
  prediction: Prediction,
  weights: usize,
  secondKind: i32,
  p: usize,
  text: usize,
): void {
  const documentOrder = prediction.documentOrder;
  const workspaceOrder = prediction.workspaceOrder;
  const length = prediction.wordLength;
  const word = length < 3 ? length : length < 5 ? 3 : 4;
  let first = 0;
  chooseVector(0, weights, first, documentOrder * ORDER_STEPS + workspaceOrder);
  first += ORDER_VECTORS;
  chooseVector(1, weights, first, (prediction.lastKind * KIND_STEPS + secondKind) * WORD_STEPS + word);
  first += KIND_VECTORS;
  const inDocument = confidenceOf(0, documentOrder);
  const inWorkspace = confidenceOf(CONTEXTS, workspaceOrder);
  chooseVector(2, weights, first, inDocument * CONFIDENCE_STEPS + inWorkspace);
  first += CONFIDENCE_VECTORS;
  chooseVector(3, weights, first, p > text ? characterAt(p - 2) : 0);
  first += CHARACTERS;
  chooseVector(4, weights, first, 0);
}

/** @inline */
function chooseVector(set: i32, weights: usize, first: i32, number: i32): void {
  const at = (<usize>set) << 2;
  store<i32>(numbers + at, number);
  store<u32>(chosen + at, <u32>(weights + <usize>(first + number) * ROW_BYTES));
}

/** The number of the vector chosen from a set, from 0. */
export function vectorIn(set: i32): i32 {
  return load<i32>(numbers + ((<usize>set) << 2));
}
