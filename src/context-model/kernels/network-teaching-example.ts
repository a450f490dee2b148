// The last mixture with a network as an example to teach the layer that scores it again with, apart from the kernels
// (scripts/train-base-network.ts). It is laid out as teaching-example.ts says, with all inputs of each row.
import { last } from './inputs/prediction';
import { NETWORK_RESCORING_AT } from './mixing/mixer-layout';
import { mixtureProbability, mixtureRowOf } from './mixing/network-mixer';
import {
  positionVectorNumber,
  scoredInput,
  scoredRow,
  scoredRowCount,
  scoredVectorNumber,
} from './mixing/network-rescoring';
import { NETWORK_INPUTS, NETWORK_POSITION_SETS } from './mixing/network-rescoring-layout';
import { MAX_RESULTS } from './output/result';

const POSITION_BYTES: usize = <usize>(2 + NETWORK_POSITION_SETS) * 4;
const EXAMPLE_ROW_BYTES: usize = 12;
const EXAMPLE_INPUT_BYTES: usize = 4;
/** Inputs are between -4 and 4. */
const INPUT_SCALE: f32 = 1024;

/** Bytes that `writeNetworkExample` may write. */
export function maxNetworkExampleBytes(): usize {
  const ofRow = EXAMPLE_ROW_BYTES + <usize>NETWORK_INPUTS * EXAMPLE_INPUT_BYTES;
  return POSITION_BYTES + <usize>(MAX_RESULTS + 1) * ofRow;
}

/**
 * Writes the last mixture with a network as an example.
 * @param symbol what came
 * @param to receives it; [`maxNetworkExampleBytes`]
 * @returns where it ends
 */
export function writeNetworkExample(symbol: u32, to: usize): usize {
  const weights = last.mixer + NETWORK_RESCORING_AT;
  const right = mixtureRowOf(symbol);
  const rows = scoredRowCount();
  store<i32>(to, rows);
  store<i32>(to, -1, 4);
  let next = to + 8;
  for (let set = 0; set < NETWORK_POSITION_SETS; set++, next += 4)
    store<u32>(next, positionVectorNumber(weights, set));
  for (let index = 0; index < rows; index++, next += EXAMPLE_ROW_BYTES) {
    const row = scoredRow(index);
    if (row == right) store<i32>(to, index, 4);
    store<u32>(next, scoredVectorNumber(weights, index));
    store<f32>(next, mixtureProbability(row), 4);
    store<i32>(next, NETWORK_INPUTS, 8);
  }
  for (let index = 0; index < rows; index++) {
    for (let input = 0; input < NETWORK_INPUTS; input++, next += EXAMPLE_INPUT_BYTES) {
      store<u16>(next, <u16>input);
      store<i16>(next, <i16>nearest<f32>(scoredInput(index, input) * INPUT_SCALE), 2);
    }
  }
  return next;
}
