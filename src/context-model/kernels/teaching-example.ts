// The last prediction as an example to teach the hidden layer with, apart from the kernels (scripts/train-mixer.ts). All
// of it is 32 bits, one after the other:
//   position   i32 rows that were scored again │ i32 which of them came, -1 if none │ [POSITION_SETS] i32 vectors
//   rows       of each: i32 vector of the candidate │ f32 probability │ i32 differences
//   inputs     of each row's differences: u16 input │ i16 difference in 1,024ths
// Vectors and inputs are numbers of vectors of HIDDEN weights, from the layer's first.
import { MAX_CANDIDATES, rowOf } from './inputs/candidates';
import { last } from './inputs/prediction';
import { RESCORING_AT } from './mixing/mixer-layout';
import { chosenVectors, HIDDEN_BYTES, INPUTS, POSITION_SETS } from './rescoring/layout';
import { differences, scoredRowAt, scoredRows } from './rescoring/rescore';

/** Bytes of what an example says of its position, of a row, and of an input. */
const POSITION_BYTES: usize = <usize>(2 + POSITION_SETS) * 4;
const EXAMPLE_ROW_BYTES: usize = 12;
const EXAMPLE_INPUT_BYTES: usize = 4;
/** Differences of logarithms are between -12 and 12. */
const DIFFERENCE_SCALE: f32 = 1024;

/** Bytes that `writeExample` may write. */
export function maxExampleBytes(): usize {
  const ofRow = EXAMPLE_ROW_BYTES + <usize>INPUTS * EXAMPLE_INPUT_BYTES;
  return POSITION_BYTES + <usize>(MAX_CANDIDATES + 1) * ofRow;
}

/**
 * Writes the last prediction as an example.
 * @param symbol what came
 * @param to receives it; [`maxExampleBytes`]
 * @returns where it ends
 */
export function writeExample(symbol: u32, to: usize): usize {
  const weights = last.mixer + RESCORING_AT;
  const right = rowOf(symbol, last.count);
  const rows = scoredRows();
  store<i32>(to, rows);
  store<i32>(to, -1, 4);
  let next = to + 8;
  for (let s = 0; s < POSITION_SETS; s++, next += 4) {
    store<u32>(next, vectorNumber(weights, load<u32>(chosenVectors + ((<usize>s) << 2))));
  }
  let difference = differences;
  for (let index = 0; index < rows; index++, next += EXAMPLE_ROW_BYTES) {
    const scored = scoredRowAt(index);
    if (scored.row == right) store<i32>(to, index, 4);
    store<u32>(next, vectorNumber(weights, scored.vector));
    store<f32>(next, scored.probability, 4);
    store<u32>(next, <u32>((scored.end - difference) >> 3), 8);
    difference = scored.end;
  }
  for (let at = differences; at < difference; at += 8, next += EXAMPLE_INPUT_BYTES) {
    store<u16>(next, <u16>(load<u32>(at) / <u32>HIDDEN_BYTES));
    store<i16>(next, <i16>nearest<f32>(load<f32>(at, 4) * DIFFERENCE_SCALE), 2);
  }
  return next;
}

/** @inline */
function vectorNumber(weights: usize, vector: usize): u32 {
  return <u32>((vector - weights) / HIDDEN_BYTES);
}
