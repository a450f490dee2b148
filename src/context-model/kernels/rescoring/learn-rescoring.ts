// The hidden layer follows the gradient of ln p of the symbol that came.
import { MAX_CANDIDATES } from '../inputs/candidates';
import { ROW_BYTES } from '../inputs/features';
import { chosenVectors, HIDDEN, HIDDEN_BYTES, OUTPUT_AT, POSITION_SETS } from './layout';
import {
  BLOCK_BYTES,
  differingFeatures,
  hidden,
  inputAt,
  INPUT_BYTES,
  MAX_OUTPUT,
  scoredRowAt,
  scoredRows,
} from './rescore';

/** Rows whose error is smaller teach nothing, which saves most of the time. */
const MIN_ERROR: f32 = 0.002;

// Learning rates in use. At 0 code in Perl, which the weights were not taught on, costs 1 % more bits; ten times as high
// a rate of the vectors costs 0.4 % where they were. `setRescoringRates` changes them.
let vectorRate: f32 = 0.0001;
let inputRate: f32 = 0.0003;

/**
 * @param input learning rate of the inputs' weights
 * @param vector that of all others
 */
export function setRescoringRates(input: f32, vector: f32): void {
  inputRate = input;
  vectorRate = vector;
}

/** Rows that teach something: u32 number among those scored │ f32 error. */
const teaching: usize = memory.data((MAX_CANDIDATES + 1) * 8, 16);
let teachingEnd: usize = teaching;

/**
 * @param right row of what came
 * @param probabilities [count + 1] f32 that were predicted
 */
export function learnRescoring(weights: usize, right: i32, probabilities: usize): void {
  chooseTeaching(right, probabilities);
  if (teachingEnd == teaching) return;
  for (let i: usize = 0; i < HIDDEN_BYTES; i += 16) learnVectors(weights, i);
  for (let bits = differingFeatures(); bits != 0; bits &= bits - 1) {
    learnInput(weights, (<usize>ctz(bits)) << 2);
  }
  for (let i = ROW_BYTES; i < INPUT_BYTES; i += 4) learnInput(weights, i);
}

/** Sets `teaching` and its end. */
function chooseTeaching(right: i32, probabilities: usize): void {
  teachingEnd = teaching;
  for (let index = 0; index < scoredRows(); index++) {
    const scored = scoredRowAt(index);
    const row = scored.row;
    const error = <f32>(<i32>(row == right)) - load<f32>(probabilities + ((<usize>row) << 2));
    if (Mathf.abs(error) < MIN_ERROR) continue;
    // Beyond its bounds an output changes nothing, and would grow without end.
    if (scored.output * error > 0 && Mathf.abs(scored.output) > MAX_OUTPUT) continue;
    store<i32>(teachingEnd, index);
    store<f32>(teachingEnd, error, 4);
    teachingEnd += 8;
  }
}

/** Moves all but the inputs' weights of four hidden units, and leaves gradients in `hidden`. */
function learnVectors(weights: usize, i: usize): void {
  const zero = f32x4.splat(0);
  const rate = f32x4.splat(vectorRate);
  const output = v128.load(weights + OUTPUT_AT + i);
  let ofOutput = zero;
  let ofPosition = zero;
  for (let row = teaching; row < teachingEnd; row += 8) {
    const index = load<i32>(row);
    const at = hidden + <usize>index * HIDDEN_BYTES + i;
    const units = v128.load(at);
    const error = v128.load32_splat(row, 4);
    ofOutput = f32x4.add(ofOutput, f32x4.mul(error, units));
    const gradient = v128.and(f32x4.mul(error, output), f32x4.gt(units, zero));
    v128.store(at, gradient);
    ofPosition = f32x4.add(ofPosition, gradient);
    move(scoredRowAt(index).vector + i, f32x4.mul(gradient, rate));
  }
  move(weights + OUTPUT_AT + i, f32x4.mul(ofOutput, rate));
  const change = f32x4.mul(ofPosition, rate);
  for (let s: usize = 0; s < <usize>POSITION_SETS * 4; s += 4) {
    move(<usize>load<u32>(chosenVectors + s) + i, change);
  }
}

/** @inline */
function move(at: usize, change: v128): void {
  v128.store(at, f32x4.add(v128.load(at), change));
}

/** Moves the weights of the input at `i` bytes. */
function learnInput(weights: usize, i: usize): void {
  const rows = scoredRows();
  let mean: f32 = 0;
  for (let index = 0; index < rows; index++) mean += load<f32>(inputAt(scoredRowAt(index), i));
  mean /= <f32>rows;
  let w = weights + i * <usize>HIDDEN;
  for (let block: usize = 0; block < HIDDEN_BYTES; block += BLOCK_BYTES, w += BLOCK_BYTES) {
    let a = v128.load(w);
    let b = v128.load(w, 16);
    let c = v128.load(w, 32);
    let d = v128.load(w, 48);
    let e = v128.load(w, 64);
    let f = v128.load(w, 80);
    let g = v128.load(w, 96);
    let h = v128.load(w, 112);
    for (let row = teaching; row < teachingEnd; row += 8) {
      const index = load<i32>(row);
      const x = f32x4.splat((load<f32>(inputAt(scoredRowAt(index), i)) - mean) * inputRate);
      const gradients = hidden + <usize>index * HIDDEN_BYTES + block;
      a = f32x4.add(a, f32x4.mul(x, v128.load(gradients)));
      b = f32x4.add(b, f32x4.mul(x, v128.load(gradients, 16)));
      c = f32x4.add(c, f32x4.mul(x, v128.load(gradients, 32)));
      d = f32x4.add(d, f32x4.mul(x, v128.load(gradients, 48)));
      e = f32x4.add(e, f32x4.mul(x, v128.load(gradients, 64)));
      f = f32x4.add(f, f32x4.mul(x, v128.load(gradients, 80)));
      g = f32x4.add(g, f32x4.mul(x, v128.load(gradients, 96)));
      h = f32x4.add(h, f32x4.mul(x, v128.load(gradients, 112)));
    }
    v128.store(w, a);
    v128.store(w, b, 16);
    v128.store(w, c, 32);
    v128.store(w, d, 48);
    v128.store(w, e, 64);
    v128.store(w, f, 80);
    v128.store(w, g, 96);
    v128.store(w, h, 112);
  }
}
