// Scoring the more probable rows again with a layer of hidden units, because in the mixer's sum no column can weigh more
// or less by what another one says. A row's inputs are taken less the mean of all rows. The mixer's probability is
// multiplied by e^output.
import { characterOf, CHARACTERS } from '../alphabet';
import { MAX_CANDIDATES, symbols } from '../inputs/candidates';
import { absentFeatures, features, ROW_BYTES } from '../inputs/features';
import {
  candidateVector,
  choosePositionVectors,
  chosenVectors,
  HIDDEN,
  HIDDEN_BYTES,
  INPUTS,
  OUTPUT_AT,
  POSITION_SETS,
} from './layout';

/** Rows that are less probable keep what the mixer gave them. */
const MIN_PROBABILITY: f32 = 0.0001;
/** What the layer says of a row is between this and its negative, so that its power stays finite. */
export const MAX_OUTPUT: f32 = 8;

export const INPUT_BYTES: usize = <usize>INPUTS * 4;
/** Bytes of the hidden units that are computed at a time, as many as there are registers for. */
export const BLOCK_BYTES: usize = 128;

/** A row that is scored again. */
@unmanaged
export class ScoredRow {
  /** Its number in the prediction. */
  row: i32;
  /** Addresses of the row's features, and of the candidate's vector. */
  features: usize;
  vector: usize;
  /** Inputs behind the features. */
  logarithm: f32;
  probability: f32;
  /** Where its differences end; they begin where the last row's end. */
  end: usize;
  /** What the layer says of the row, before it is bounded. */
  output: f32;
}

const SCORED_ROW_BYTES: usize = offsetof<ScoredRow>();
/** [MAX_CANDIDATES + 1] ScoredRow */
const scored: usize = memory.data((MAX_CANDIDATES + 1) * 28, 16);
/** [MAX_CANDIDATES + 1, HIDDEN] f32 hidden units, rectified. */
export const hidden: usize = memory.data((MAX_CANDIDATES + 1) * HIDDEN * 4, 16);
/** [HIDDEN] f32 what all rows of a position have in common. */
const common: usize = memory.data(HIDDEN * 4, 16);
/** What tells rows from one that no context knows, row by row: u32 offset of the input's weights │ f32 difference. */
export const differences: usize = memory.data((MAX_CANDIDATES + 1) * INPUTS * 8, 16);
let rows: i32 = 0;
/** The features that some context knows of some row, a bit each; there are 64. */
let known: u64 = 0;

/** How many rows were scored again in the last prediction. */
export function scoredRows(): i32 {
  return rows;
}

/** The features in which rows may differ, a bit each. */
export function differingFeatures(): u64 {
  return known;
}

/** @inline */
export function scoredRowAt(index: i32): ScoredRow {
  return changetype<ScoredRow>(scored + <usize>index * SCORED_ROW_BYTES);
}

/**
 * @param count candidates of the prediction, whose vectors of the mixer have been chosen
 * @param from [count + 1] f32 probabilities
 * @param to receives them as they are after this
 * @returns the most probable row
 */
export function rescore(weights: usize, count: i32, from: usize, to: usize, p: usize, text: usize): i32 {
  choosePositionVectors(weights, p, text);
  chooseRows(weights, count, from);
  findDifferences();
  for (let block: usize = 0; block < HIDDEN_BYTES; block += BLOCK_BYTES) multiply(weights, block);
  memory.copy(to, from, (<usize>(count + 1)) << 2);
  let all: f32 = 1;
  for (let i = 0; i < rows; i++) {
    const at = to + ((<usize>scoredRowAt(i).row) << 2);
    const before = load<f32>(at);
    const output = outputOf(weights, i);
    scoredRowAt(i).output = output;
    const after = before * Mathf.exp(min<f32>(max<f32>(output, -MAX_OUTPUT), MAX_OUTPUT));
    store<f32>(at, after);
    all += after - before;
  }
  if (!isFinite<f32>(all)) {
    // The layer has diverged on this document, and is left out from here on.
    rows = 0;
    all = 1;
    memory.copy(to, from, (<usize>(count + 1)) << 2);
  }
  return normalize(to, count, all);
}

/** Sets `scored` and `rows`. */
function chooseRows(weights: usize, count: i32, probabilities: usize): void {
  rows = 0;
  for (let row = 0; row <= count; row++) {
    const probability = load<f32>(probabilities + ((<usize>row) << 2));
    if (probability < MIN_PROBABILITY) continue;
    const each = scoredRowAt(rows++);
    const character = row == count ? CHARACTERS : characterOf(load<u32>(symbols + ((<usize>row) << 2)));
    each.row = row;
    each.features = features + <usize>row * ROW_BYTES;
    each.vector = candidateVector(weights, character);
    each.logarithm = Mathf.log(probability);
    each.probability = probability;
  }
}

/**
 * The input of a row at `i` bytes.
 * @inline
 */
export function inputAt(row: ScoredRow, i: usize): usize {
  return i < ROW_BYTES
    ? row.features + i
    : changetype<usize>(row) + offsetof<ScoredRow>('logarithm') + (i - ROW_BYTES);
}

/** Sets `differences` and `known`: most contexts know few rows, and only what they know has to be multiplied. */
function findDifferences(): void {
  known = 0;
  let next = differences;
  for (let index = 0; index < rows; index++) {
    const row = scoredRowAt(index);
    for (let i: usize = 0; i < ROW_BYTES; i += 16) {
      const unequal = f32x4.ne(v128.load(row.features + i), v128.load(absentFeatures + i));
      let bits = <u32>i32x4.bitmask(unequal);
      known |= (<u64>bits) << (i >> 2);
      for (; bits != 0; bits &= bits - 1) {
        const feature = i + ((<usize>ctz(bits)) << 2);
        setDifference(next, feature, load<f32>(row.features + feature) - load<f32>(absentFeatures + feature));
        next += 8;
      }
    }
    setDifference(next, ROW_BYTES, row.logarithm);
    setDifference(next + 8, ROW_BYTES + 4, row.probability);
    next += 16;
    row.end = next;
  }
}

/**
 * @param i bytes of the input
 * @inline
 */
function setDifference(at: usize, i: usize, difference: f32): void {
  store<u32>(at, <u32>(i * <usize>HIDDEN));
  store<f32>(at, difference, 4);
}

/** Multiplies all rows' differences by the weights of one block of hidden units, and sets what the rows have in common. */
function multiply(weights: usize, block: usize): void {
  const zero = f32x4.splat(0);
  for (let i: usize = block; i < block + BLOCK_BYTES; i += 16) v128.store(common + i, zero);
  let difference = differences;
  for (let index = 0; index < rows; index++) {
    const end = scoredRowAt(index).end;
    let a = zero;
    let b = zero;
    let c = zero;
    let d = zero;
    let e = zero;
    let f = zero;
    let g = zero;
    let h = zero;
    for (; difference < end; difference += 8) {
      const x = v128.load32_splat(difference, 4);
      const w = weights + block + <usize>load<u32>(difference);
      a = f32x4.add(a, f32x4.mul(x, v128.load(w)));
      b = f32x4.add(b, f32x4.mul(x, v128.load(w, 16)));
      c = f32x4.add(c, f32x4.mul(x, v128.load(w, 32)));
      d = f32x4.add(d, f32x4.mul(x, v128.load(w, 48)));
      e = f32x4.add(e, f32x4.mul(x, v128.load(w, 64)));
      f = f32x4.add(f, f32x4.mul(x, v128.load(w, 80)));
      g = f32x4.add(g, f32x4.mul(x, v128.load(w, 96)));
      h = f32x4.add(h, f32x4.mul(x, v128.load(w, 112)));
    }
    const at = hidden + <usize>index * HIDDEN_BYTES + block;
    const sum = common + block;
    setSum(at, sum, a);
    setSum(at + 16, sum + 16, b);
    setSum(at + 32, sum + 32, c);
    setSum(at + 48, sum + 48, d);
    setSum(at + 64, sum + 64, e);
    setSum(at + 80, sum + 80, f);
    setSum(at + 96, sum + 96, g);
    setSum(at + 112, sum + 112, h);
  }
  const share = f32x4.splat(-1 / <f32>rows);
  for (let i: usize = block; i < block + BLOCK_BYTES; i += 16) {
    let x = f32x4.mul(v128.load(common + i), share);
    for (let s: usize = 0; s < <usize>POSITION_SETS * 4; s += 4) {
      x = f32x4.add(x, v128.load(<usize>load<u32>(chosenVectors + s) + i));
    }
    v128.store(common + i, x);
  }
}

/** @inline */
function setSum(at: usize, sum: usize, x: v128): void {
  v128.store(at, x);
  v128.store(sum, f32x4.add(v128.load(sum), x));
}

/** Completes the hidden units of a row. @returns what they say */
function outputOf(weights: usize, index: i32): f32 {
  const units = hidden + <usize>index * HIDDEN_BYTES;
  const vector = scoredRowAt(index).vector;
  const zero = f32x4.splat(0);
  let sum = zero;
  for (let i: usize = 0; i < HIDDEN_BYTES; i += 16) {
    const own = f32x4.add(v128.load(units + i), v128.load(vector + i));
    const x = f32x4.max(f32x4.add(own, v128.load(common + i)), zero);
    v128.store(units + i, x);
    sum = f32x4.add(sum, f32x4.mul(x, v128.load(weights + OUTPUT_AT + i)));
  }
  return (
    f32x4.extract_lane(sum, 0) +
    f32x4.extract_lane(sum, 1) +
    (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}

/** Divides by the sum. @returns the most probable row */
function normalize(probabilities: usize, count: i32, all: f32): i32 {
  const scale: f32 = 1 / all;
  let best = 0;
  let highest: f32 = 0;
  for (let row = 0; row <= count; row++) {
    const at = probabilities + ((<usize>row) << 2);
    const p = load<f32>(at) * scale;
    store<f32>(at, p);
    if (p > highest) {
      highest = p;
      best = row;
    }
  }
  return best;
}
