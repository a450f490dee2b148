// The weights by which candidates are scored again: a layer of hidden units and one output. All of it is f32, one after
// the other, HIDDEN to a vector:
//   inputs         [INPUTS, HIDDEN]
//   positions      [POSITION_VECTORS, HIDDEN], of which those are added that are chosen by what is known of a position
//   candidates     [CHARACTERS + 1, HIDDEN], of which the candidate's own is added; the last is of everything else
//   output         [HIDDEN]
import { characterAt, CHARACTERS } from '../alphabet';
import { COLUMNS } from '../inputs/features';
import { CONFIDENCE_VECTORS, KIND_VECTORS, ORDER_VECTORS, vectorIn } from '../inputs/weight-sets';

/** Hidden units. 32 cost 0.4 % of the bits, 16 about 1 %. */
export const HIDDEN: i32 = 64;
export const HIDDEN_BYTES: usize = <usize>HIDDEN * 4;
/** Inputs: the row's features, then the logarithm of its probability, then the probability. */
export const INPUTS: i32 = COLUMNS + 2;

const CHARACTERS_BEFORE: i32 = 3;
/** Chosen by the mixer's first three sets, by each of the last characters, and one always. */
export const POSITION_SETS: i32 = 4 + CHARACTERS_BEFORE;
const POSITION_VECTORS: i32 =
  ORDER_VECTORS + KIND_VECTORS + CONFIDENCE_VECTORS + CHARACTERS * CHARACTERS_BEFORE + 1;

const POSITIONS_AT: usize = <usize>INPUTS * HIDDEN_BYTES;
const CANDIDATES_AT: usize = POSITIONS_AT + <usize>POSITION_VECTORS * HIDDEN_BYTES;
export const OUTPUT_AT: usize = CANDIDATES_AT + <usize>(CHARACTERS + 1) * HIDDEN_BYTES;
export const RESCORING_BYTES: usize = OUTPUT_AT + HIDDEN_BYTES;

/** The inputs' weights begin between minus this and this. */
const MAX_INITIAL: f32 = 0.04;

/** [POSITION_SETS] u32 addresses of the vectors chosen. */
export const chosenVectors: usize = memory.data(POSITION_SETS * 4, 16);

/** Weights that change nothing yet, because those of the output are 0. */
export function initializeRescoring(weights: usize): void {
  memory.fill(weights, 0, RESCORING_BYTES);
  for (let i = 0; i < INPUTS * HIDDEN; i++) {
    const share = <f32>(scatter(<u32>i + 1) >> 8) / 16777216;
    store<f32>(weights + ((<usize>i) << 2), (share * 2 - 1) * MAX_INITIAL);
  }
}

/** A number from 0 to 2^32 - 1 that looks as if drawn at random (the last steps of Appleby's MurmurHash3). */
export function scatter(i: u32): u32 {
  let hash = i * 0x9e3779b1;
  hash = (hash ^ (hash >> 15)) * 0x85ebca77;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae3d;
  return hash ^ (hash >> 16);
}

/** Chooses the vectors for the position `p` of the text that begins at `text`, for which the mixer's have been chosen. */
export function choosePositionVectors(weights: usize, p: usize, text: usize): void {
  let first = 0;
  choose(0, weights, vectorIn(0));
  first += ORDER_VECTORS;
  choose(1, weights, first + vectorIn(1));
  first += KIND_VECTORS;
  choose(2, weights, first + vectorIn(2));
  first += CONFIDENCE_VECTORS;
  for (let i = 0; i < CHARACTERS_BEFORE; i++) {
    const q = p - ((<usize>(i + 1)) << 1);
    choose(3 + i, weights, first + (q >= text ? characterAt(q) : 0));
    first += CHARACTERS;
  }
  choose(3 + CHARACTERS_BEFORE, weights, first);
}

/** @inline */
function choose(set: i32, weights: usize, vector: i32): void {
  const address = weights + POSITIONS_AT + <usize>vector * HIDDEN_BYTES;
  store<u32>(chosenVectors + ((<usize>set) << 2), <u32>address);
}

/** The vector of a candidate by its character; CHARACTERS stands for everything that is no candidate. */
export function candidateVector(weights: usize, character: i32): usize {
  return weights + CANDIDATES_AT + <usize>character * HIDDEN_BYTES;
}
