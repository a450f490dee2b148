// One distribution of what all contexts say: p(s) in proportion to exp(w · x(s)), a log-linear model whose weights
// are learnt symbol by symbol (Mahoney's mixer in PAQ, Knoll's in cmix, for symbols rather than bits).
import { kindAt, LINE_END } from '../alphabet';
import { CONTEXTS, setContexts } from '../contexts/contexts';
import { advanceEpoch } from '../output/prediction-epoch';
import { setResult } from '../output/result';
import { learnRescoring } from '../rescoring/learn-rescoring';
import { rescore } from '../rescoring/rescore';
import { findCandidates, MAX_CANDIDATES, rowOf, symbols } from '../inputs/candidates';
import { COLUMNS, features, fillFeatures, ROW_BYTES, scores } from '../inputs/features';
import {
  ESTIMATES_AT,
  NETWORK_RESCORING_AT,
  NETWORK_WEIGHTS_AT,
  RESCORING_AT,
  TRUST_AT,
  VARIANCE_AT,
  WEIGHTS_AT,
} from './mixer-layout';
import { learnNetworkWeights, mixNetwork } from './network-mixer';
import { last, Prediction } from '../inputs/prediction';
import { findRecent } from '../inputs/recency';
import { estimateBest, learnEstimate } from './secondary-estimation';
import { updateMaps } from '../inputs/update-maps';
import { chosen, chooseVectors, maxOrder, SETS } from '../inputs/weight-sets';

/**
 * By which the moving average of the gradient's squares follows them, and what keeps its root from being 0. As in RMSProp;
 * without it, bits differ by less than 0.2 %.
 */
const VARIANCE_RATE: f32 = 0.0005;
const VARIANCE_FLOOR: f32 = 0.01;
/** Gradients are divided by their usual size; one that is still larger than this is clipped. */
const MAX_GRADIENT: f32 = 4;

/** [MAX_CANDIDATES + 1] f32 probabilities by row: of the mixer, scored again, and after the secondary estimation. */
const mixed: usize = memory.data((MAX_CANDIDATES + 1) * 4, 16);
const rescored: usize = memory.data((MAX_CANDIDATES + 1) * 4, 16);
const probabilities: usize = memory.data((MAX_CANDIDATES + 1) * 4, 16);
/** Rows of which the weights learn: u32 address of the features │ f32 probability. */
const teaching: usize = memory.data((MAX_CANDIDATES + 1) * 8, 16);
/** Others are so improbable that they change no gradient. */
const MIN_TEACHING: f32 = 0.000001;
/** [COLUMNS] f32, the sum of the chosen vectors. */
const weights: usize = memory.data(COLUMNS * 4, 16);

// Learning rates in use. Half the weights' rate costs 0.4 to 1.6 % of the bits, the double is better and worse by 0.5 %;
// maps at 1 / 100 are within 0.1 %; without scores 1.2 to 2.0 % are lost. `setRates` changes them for training
// beforehand.
let minMapRate: f32 = 1.0 / 400;
let weightRate: f32 = 0.0004;
let scoreRate: f32 = 0.001;

/** @param map the least rate by which the maps' probabilities move */
export function setRates(map: f32, weight: f32, score: f32): void {
  minMapRate = map;
  weightRate = weight;
  scoreRate = score;
}

/**
 * Predicts the symbol at `p` of the text that begins at `text`.
 * @returns the number of candidates
 */
export function predict(
  mixer: usize,
  workspace: usize,
  document: usize,
  p: usize,
  text: usize,
  before: u32,
): i32 {
  const wordLength = setContexts(p, text, before);
  return predictHere(mixer, workspace, document, p, text, wordLength);
}

/** `predict` at a position whose contexts have been set. */
export function predictHere(
  mixer: usize,
  workspace: usize,
  document: usize,
  p: usize,
  text: usize,
  wordLength: i32,
): i32 {
  advanceEpoch();
  const prediction = last;
  const count = findCandidates(workspace, document);
  prediction.mixer = mixer;
  prediction.count = count;
  findRecent(p, text, wordLength);
  fillFeatures(mixer, count);
  prediction.documentOrder = maxOrder(0);
  prediction.workspaceOrder = maxOrder(CONTEXTS);
  prediction.lastKind = p > text ? kindAt(p - 2) : LINE_END;
  prediction.wordLength = wordLength;
  const secondKind: i32 = p > text + 2 ? kindAt(p - 4) : LINE_END;
  chooseVectors(prediction, mixer + WEIGHTS_AT, secondKind, p, text);
  mix(count);
  prediction.best = rescore(mixer + RESCORING_AT, count, mixed, rescored, p, text);
  estimateBest(prediction, mixer + ESTIMATES_AT, rescored, probabilities);
  showPrediction();
  return count;
}

/** Sets `mixed` to the softmax of weighted features and scores. */
function mix(count: i32): void {
  for (let i: usize = 0; i < ROW_BYTES; i += 16) {
    let w = v128.load(<usize>load<u32>(chosen) + i);
    for (let s: usize = 4; s < <usize>SETS * 4; s += 4) {
      w = f32x4.add(w, v128.load(<usize>load<u32>(chosen + s) + i));
    }
    v128.store(weights + i, w);
  }
  let highest: f32 = -1e30;
  for (let row = 0; row <= count; row++) {
    const x = features + <usize>row * ROW_BYTES;
    let sum = f32x4.splat(0);
    for (let i: usize = 0; i < ROW_BYTES; i += 16) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(weights + i), v128.load(x + i)));
    }
    const at = scores + ((<usize>row) << 2);
    const score =
      load<f32>(at) +
      (f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1)) +
      (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
    store<f32>(at, score);
    highest = max(highest, score);
  }
  let all: f32 = 0;
  for (let row = 0; row <= count; row++) {
    const e = Mathf.exp(load<f32>(scores + ((<usize>row) << 2)) - highest);
    store<f32>(mixed + ((<usize>row) << 2), e);
    all += e;
  }
  const scale: f32 = 1 / all;
  for (let row = 0; row <= count; row++) {
    const at = mixed + ((<usize>row) << 2);
    store<f32>(at, load<f32>(at) * scale);
  }
}

/** The row of a symbol in the last prediction; that of all others where it is no candidate. */
export function candidateRow(symbol: u32): i32 {
  return rowOf(symbol, last.count);
}

/** [candidates + 1] f32 by row, the last of everything else. */
export function rowProbabilities(): usize {
  return probabilities;
}

/** Makes the last prediction the result again, without a network. */
export function showPrediction(): void {
  setResult(symbols, probabilities, last.count);
}

/**
 * Mixes the last prediction with a network's.
 * @param logProbabilities [size] f32 of the network, by its ids
 * @param ids [size] u16, the symbol of each, 0 where there is none
 */
export function joinNetwork(logProbabilities: usize, ids: usize, size: i32): void {
  const mixer = last.mixer;
  const weights = mixer + NETWORK_WEIGHTS_AT;
  const rescoring = mixer + NETWORK_RESCORING_AT;
  mixNetwork(last, weights, rescoring, mixer + TRUST_AT, probabilities, logProbabilities, ids, size);
}

/** Learns that `symbol` came where a network was mixed in last. */
export function learnJoint(symbol: u32): void {
  learnNetworkWeights(symbol);
}

/** Learns that `symbol` came where `predict` was asked last. */
export function learnWeights(symbol: u32): void {
  advanceEpoch();
  const prediction = last;
  const mixer = prediction.mixer;
  const count = prediction.count;
  const right = rowOf(symbol, count);
  const variance = mixer + VARIANCE_AT;
  const end = chooseTeaching(count);
  for (let i: usize = 0; i < ROW_BYTES; i += 16) {
    // The gradient of ln p(right) is x(right) - sum of p x.
    let g = v128.load(features + <usize>right * ROW_BYTES + i);
    for (let row = teaching; row < end; row += 8) {
      const p = v128.load32_splat(row, 4);
      g = f32x4.sub(g, f32x4.mul(p, v128.load(<usize>load<u32>(row) + i)));
    }
    const before = v128.load(variance + i);
    const change = f32x4.sub(f32x4.mul(g, g), before);
    const v = f32x4.add(before, f32x4.mul(f32x4.splat(VARIANCE_RATE), change));
    v128.store(variance + i, v);
    const root = f32x4.sqrt(f32x4.add(v, f32x4.splat(VARIANCE_FLOOR)));
    g = f32x4.min(f32x4.div(g, root), f32x4.splat(MAX_GRADIENT));
    g = f32x4.max(g, f32x4.splat(-MAX_GRADIENT));
    g = f32x4.mul(g, f32x4.splat(weightRate));
    for (let s: usize = 0; s < <usize>SETS * 4; s += 4) {
      const w = <usize>load<u32>(chosen + s) + i;
      v128.store(w, f32x4.add(v128.load(w), g));
    }
  }
  learnRescoring(mixer + RESCORING_AT, right, rescored);
  learnEstimate(prediction, right == prediction.best ? 1 : 0);
  updateMaps(mixer, count, right, mixed, minMapRate, scoreRate);
}

/** Sets `teaching`. @returns its end */
function chooseTeaching(count: i32): usize {
  let end = teaching;
  for (let row = 0; row <= count; row++) {
    const p = load<f32>(mixed + ((<usize>row) << 2));
    store<u32>(end, <u32>(features + <usize>row * ROW_BYTES));
    store<f32>(end, p, 4);
    end += (<usize>(p >= MIN_TEACHING)) << 3;
  }
  return end;
}
