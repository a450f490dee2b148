// Scoring what counts and network say together again, with a layer of hidden units: in the mixture a symbol's score is a
// sum of what either says of it, so that neither can weigh more by what the other one says. The mixture's probability is
// multiplied by e^output, as in rescoring/rescore.ts.
import { characterOf, CHARACTERS } from '../alphabet';
import { vectorIn } from '../inputs/weight-sets';
import { MAX_RESULTS } from '../output/result';
import { cases, KIND_CASES, ORDER_CASES, SURE_CASES } from './network-cases';
import {
  CANDIDATES_AT,
  NETWORK_HIDDEN,
  NETWORK_HIDDEN_BYTES,
  NETWORK_INPUTS,
  NETWORK_POSITION_SETS,
  OUTPUT_AT,
  POSITIONS_AT,
} from './network-rescoring-layout';

const INPUT_BYTES: usize = <usize>NETWORK_INPUTS * 4;
/** By which logarithms are multiplied, to be about as large as the other inputs. */
const LOGARITHM_SCALE: f32 = 0.333;
/** The mixer's set of vectors that the last character chooses from. */
const CHARACTER_SET: i32 = 3;
/** Rows that are less probable keep what the mixture gave them. */
const MIN_PROBABILITY: f32 = 0.0001;
/** What the layer says of a row is between this and its negative, so that its power stays finite. */
const MAX_OUTPUT: f32 = 8;
/** Rows whose error is smaller teach nothing. */
const MIN_ERROR: f32 = 0.002;

let vectorRate: f32 = 0.003;
let inputRate: f32 = 0.0003;

/**
 * @param input learning rate of the inputs' weights
 * @param vector that of all others
 */
export function setNetworkRescoringRates(input: f32, vector: f32): void {
  inputRate = input;
  vectorRate = vector;
}

/** [MAX_RESULTS + 1] u32 numbers of the rows that were scored again last, rising; `scored` of them. */
const scoredRows: usize = memory.data((MAX_RESULTS + 1) * 4, 16);
let scored: i32 = 0;
/** [MAX_RESULTS + 1, NETWORK_INPUTS] f32, less their mean. */
const inputs: usize = memory.data((MAX_RESULTS + 1) * NETWORK_INPUTS * 4, 16);
/** [NETWORK_INPUTS] f32 */
const means: usize = memory.data(NETWORK_INPUTS * 4, 16);
/** [MAX_RESULTS + 1, NETWORK_HIDDEN] f32 hidden units, rectified. */
const hidden: usize = memory.data((MAX_RESULTS + 1) * NETWORK_HIDDEN * 4, 16);
/** [MAX_RESULTS + 1] u32 addresses of the candidates' vectors. */
const vectors: usize = memory.data((MAX_RESULTS + 1) * 4, 16);
/** [MAX_RESULTS + 1] f32 what the layer says of each, before it is bounded. */
const outputs: usize = memory.data((MAX_RESULTS + 1) * 4, 16);
/** [NETWORK_POSITION_SETS] u32 addresses of the vectors chosen, and [NETWORK_HIDDEN] f32 their sum. */
const chosen: usize = memory.data(NETWORK_POSITION_SETS * 4, 16);
const common: usize = memory.data(NETWORK_HIDDEN * 4, 16);

/**
 * Scores the rows of a mixture again; `cases` must have been chosen for it.
 * @param logarithms [rows + 1, 4] f32, of which the first two are logarithms of what counts and network say
 * @param symbols [rows] u32
 * @param from [rows + 1] f32 probabilities of the mixture
 * @param to receives them as they are after this
 * @param count rows from this one on are the network's own
 * @param rows the last row stands for all other symbols
 */
export function rescoreWithNetwork(
  weights: usize,
  logarithms: usize,
  symbols: usize,
  from: usize,
  to: usize,
  count: i32,
  rows: i32,
): void {
  choosePositions(weights);
  fillInputs(weights, logarithms, symbols, from, count, rows);
  memory.copy(to, from, (<usize>(rows + 1)) << 2);
  let all: f32 = 1;
  for (let index = 0; index < scored; index++) {
    const at = to + ((<usize>rowOf(index)) << 2);
    const before = load<f32>(at);
    const output = score(weights, index);
    store<f32>(outputs + ((<usize>index) << 2), output);
    const after = before * Mathf.exp(min<f32>(max<f32>(output, -MAX_OUTPUT), MAX_OUTPUT));
    store<f32>(at, after);
    all += after - before;
  }
  if (!isFinite<f32>(all)) {
    // The layer has diverged on this document, and is left out from here on.
    scored = 0;
    all = 1;
    memory.copy(to, from, (<usize>(rows + 1)) << 2);
  }
  const scale: f32 = 1 / all;
  for (let row = 0; row <= rows; row++) {
    const at = to + ((<usize>row) << 2);
    store<f32>(at, load<f32>(at) * scale);
  }
}

function choosePositions(weights: usize): void {
  let first = 0;
  choose(0, weights, cases.order);
  first += ORDER_CASES;
  choose(1, weights, first + cases.kind);
  first += KIND_CASES;
  choose(2, weights, first + cases.sure);
  first += SURE_CASES;
  choose(3, weights, first + vectorIn(CHARACTER_SET));
  choose(4, weights, first + CHARACTERS);
  for (let i: usize = 0; i < NETWORK_HIDDEN_BYTES; i += 16) {
    let sum = v128.load(<usize>load<u32>(chosen) + i);
    for (let s: usize = 4; s < <usize>NETWORK_POSITION_SETS * 4; s += 4) {
      sum = f32x4.add(sum, v128.load(<usize>load<u32>(chosen + s) + i));
    }
    v128.store(common + i, sum);
  }
}

/** @inline */
function choose(set: i32, weights: usize, vector: i32): void {
  store<u32>(
    chosen + ((<usize>set) << 2),
    <u32>(weights + POSITIONS_AT + <usize>vector * NETWORK_HIDDEN_BYTES),
  );
}

/** @inline */
function rowOf(index: i32): i32 {
  return load<i32>(scoredRows + ((<usize>index) << 2));
}

/** @inline */
function inputsOf(index: i32): usize {
  return inputs + <usize>index * INPUT_BYTES;
}

/** @inline */
function hiddenOf(index: i32): usize {
  return hidden + <usize>index * NETWORK_HIDDEN_BYTES;
}

/** @inline */
function vectorOf(index: i32): usize {
  return <usize>load<u32>(vectors + ((<usize>index) << 2));
}

/** Rows that were scored again, from 0; `scoredRow` has the row of each in the mixture. */
export function scoredRowCount(): i32 {
  return scored;
}

export function scoredRow(index: i32): i32 {
  return rowOf(index);
}

/** @param input below NETWORK_INPUTS */
export function scoredInput(index: i32, input: i32): f32 {
  return load<f32>(inputsOf(index) + ((<usize>input) << 2));
}

/** The number of a row's vector of the candidate, among all vectors of the layer. */
export function scoredVectorNumber(weights: usize, index: i32): u32 {
  return <u32>((vectorOf(index) - weights) / NETWORK_HIDDEN_BYTES);
}

/** The number of the vector that the position chose in a set, among all vectors of the layer. */
export function positionVectorNumber(weights: usize, set: i32): u32 {
  return <u32>((<usize>load<u32>(chosen + ((<usize>set) << 2)) - weights) / NETWORK_HIDDEN_BYTES);
}

/** Sets `scored`, and inputs and vectors of the rows that are scored. */
function fillInputs(
  weights: usize,
  logarithms: usize,
  symbols: usize,
  probabilities: usize,
  count: i32,
  rows: i32,
): void {
  scored = 0;
  const zero = f32x4.splat(0);
  let logarithmSum = zero;
  let probabilitySum = zero;
  for (let row = 0; row <= rows; row++) {
    const p = load<f32>(probabilities + ((<usize>row) << 2));
    if (p < MIN_PROBABILITY) continue;
    const index = scored++;
    store<i32>(scoredRows + ((<usize>index) << 2), row);
    const ofCounts = load<f32>(logarithms + ((<usize>row) << 4));
    const ofNetwork = load<f32>(logarithms + ((<usize>row) << 4), 4);
    const at = inputsOf(index);
    store<f32>(at, ofCounts * LOGARITHM_SCALE);
    store<f32>(at, Mathf.log(p) * LOGARITHM_SCALE, 4);
    store<f32>(at, ofNetwork * LOGARITHM_SCALE, 8);
    store<f32>(at, Mathf.exp(ofCounts), 12);
    store<f32>(at, p, 16);
    store<f32>(at, Mathf.exp(ofNetwork), 20);
    store<f32>(at, <f32>(<i32>(row >= count && row < rows)), 24);
    store<f32>(at, <f32>(<i32>(row == rows)), 28);
    logarithmSum = f32x4.add(logarithmSum, v128.load(at));
    probabilitySum = f32x4.add(probabilitySum, v128.load(at, 16));
    const character = row == rows ? CHARACTERS : characterOf(load<u32>(symbols + ((<usize>row) << 2)));
    const vector = weights + CANDIDATES_AT + <usize>character * NETWORK_HIDDEN_BYTES;
    store<u32>(vectors + ((<usize>index) << 2), <u32>vector);
  }
  const share = f32x4.splat(1 / <f32>scored);
  v128.store(means, f32x4.mul(logarithmSum, share));
  v128.store(means, f32x4.mul(probabilitySum, share), 16);
  for (let index = 0; index < scored; index++) {
    const at = inputsOf(index);
    v128.store(at, f32x4.sub(v128.load(at), v128.load(means)));
    v128.store(at, f32x4.sub(v128.load(at, 16), v128.load(means, 16)), 16);
  }
}

/** Computes the hidden units of a row. @returns what they say */
function score(weights: usize, index: i32): f32 {
  const zero = f32x4.splat(0);
  const row = inputsOf(index);
  const vector = vectorOf(index);
  const units = hiddenOf(index);
  let sum = zero;
  for (let i: usize = 0; i < NETWORK_HIDDEN_BYTES; i += 16) {
    let x = f32x4.add(v128.load(vector + i), v128.load(common + i));
    for (let input: usize = 0; input < <usize>NETWORK_INPUTS; input++) {
      const w = v128.load(weights + input * NETWORK_HIDDEN_BYTES + i);
      x = f32x4.add(x, f32x4.mul(v128.load32_splat(row + (input << 2)), w));
    }
    x = f32x4.max(x, zero);
    v128.store(units + i, x);
    sum = f32x4.add(sum, f32x4.mul(x, v128.load(weights + OUTPUT_AT + i)));
  }
  return (
    f32x4.extract_lane(sum, 0) +
    f32x4.extract_lane(sum, 1) +
    (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}

/**
 * The layer follows the gradient of ln p of the symbol that came.
 * @param right its row
 * @param probabilities [rows + 1] f32 that were predicted by `rescoreWithNetwork`
 */
export function learnNetworkRescoring(weights: usize, right: i32, probabilities: usize): void {
  for (let index = 0; index < scored; index++) {
    const row = rowOf(index);
    const error = <f32>(<i32>(row == right)) - load<f32>(probabilities + ((<usize>row) << 2));
    if (Mathf.abs(error) < MIN_ERROR) continue;
    // Beyond its bounds an output changes nothing, and would grow without end.
    const output = load<f32>(outputs + ((<usize>index) << 2));
    if (output * error > 0 && Mathf.abs(output) > MAX_OUTPUT) continue;
    learnRow(weights, index, error);
  }
}

function learnRow(weights: usize, index: i32, error: f32): void {
  const zero = f32x4.splat(0);
  const row = inputsOf(index);
  const change = f32x4.splat(error * vectorRate);
  for (let i: usize = 0; i < NETWORK_HIDDEN_BYTES; i += 16) {
    const units = v128.load(hiddenOf(index) + i);
    const output = weights + OUTPUT_AT + i;
    const gradient = v128.and(v128.load(output), f32x4.gt(units, zero));
    move(output, f32x4.mul(change, units));
    const ofVectors = f32x4.mul(change, gradient);
    move(vectorOf(index) + i, ofVectors);
    for (let s: usize = 0; s < <usize>NETWORK_POSITION_SETS * 4; s += 4) {
      move(<usize>load<u32>(chosen + s) + i, ofVectors);
    }
    const ofInputs = f32x4.mul(f32x4.splat(error * inputRate), gradient);
    for (let input: usize = 0; input < <usize>NETWORK_INPUTS; input++) {
      const w = weights + input * NETWORK_HIDDEN_BYTES + i;
      move(w, f32x4.mul(ofInputs, v128.load32_splat(row + (input << 2))));
    }
  }
}

/** @inline */
function move(at: usize, change: v128): void {
  v128.store(at, f32x4.add(v128.load(at), change));
}
