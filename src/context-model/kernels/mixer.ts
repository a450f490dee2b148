// One distribution of what all contexts say: p(s) in proportion to exp(w · x(s)), a log-linear model whose weights
// are learnt symbol by symbol (Mahoney's mixer in PAQ, Knoll's in cmix, for symbols rather than bits). The weights are
// the sum of one vector of each set; what is known of the place chooses which.
import { characterAt, kindAt } from './alphabet';

import { CONTEXTS, ORDERS, setContexts, wordLength } from './contexts';
import {
  COLUMNS,
  count,
  entries,
  features,
  gather,
  MAPS_BYTES,
  ROW_BYTES,
  rowOf,
  scores,
  CANDIDATES,
  symbols,
} from './candidates';
import {
  estimateOf,
  estimatesBytes,
  initializeEstimates,
  revise,
  teachEstimate,
} from './secondary-estimation';
import { initializeMap, JOINT_STATES, MAP_BYTES, STATES } from './probability-maps';
import { initializeJoint, JOINT_BYTES, joinRows } from './network-mixer';
import { setResult } from './result';
import { countRevision } from './prediction-epoch';
import { isList, listOf } from './count-table';
import { teachStates } from './update-maps';

const SETS: i32 = 5;
const ORDER_VECTORS: i32 = 11 * 11;
const KIND_VECTORS: i32 = 7 * 7 * 5;
const CONFIDENCE_VECTORS: i32 = 10 * 10;
const CHARACTER_VECTORS: i32 = 128;
const VECTORS: i32 = ORDER_VECTORS + KIND_VECTORS + CONFIDENCE_VECTORS + CHARACTER_VECTORS + 1;
const WEIGHTS_BYTES: usize = <usize>VECTORS * ROW_BYTES;
/** Circumstances of the secondary estimation. */
const CIRCUMSTANCES: i32 = 6 * 6 * 3;
const ESTIMATES_AT: usize = MAPS_BYTES + WEIGHTS_BYTES + ROW_BYTES;
const JOINT_AT: usize = ESTIMATES_AT + estimatesBytes(CIRCUMSTANCES);
const MIXER_BYTES: usize = JOINT_AT + JOINT_BYTES;

/** [CANDIDATES + 1] f32, before the secondary estimation and after it. */
const mixed: usize = memory.data((CANDIDATES + 1) * 4, 16);
export const probabilities: usize = memory.data((CANDIDATES + 1) * 4, 16);
const weights: usize = memory.data(COLUMNS * 4, 16);
/** [SETS] addresses of the chosen vectors. */
const chosen: usize = memory.data(SETS * 4, 16);

let mixer: usize = 0;
let docOrder: i32 = 0;
let workspaceOrder: i32 = 0;
/** The most probable row, and what the secondary estimation said of it. */
let best: i32 = 0;
let lastKind: i32 = 0;

let leastMapRate: f32 = 1.0 / 400;
let weightRate: f32 = 0.0004;
let scoreRate: f32 = 0.001;

/** How fast to learn, in training beforehand; `map` is the least rate of the maps' probabilities. */
export function setRates(map: f32, weight: f32, score: f32): void {
  leastMapRate = map;
  weightRate = weight;
  scoreRate = score;
}

export function mixerBytes(): usize {
  return MIXER_BYTES;
}

export function createMixer(): usize {
  const m = heap.alloc(MIXER_BYTES);
  memory.fill(m, 0, MIXER_BYTES);
  for (let c = 0; c < CONTEXTS * 2; c++) initializeMap(m + <usize>c * MAP_BYTES, STATES);
  for (let c = CONTEXTS; c < CONTEXTS * 2; c++) initializeMap(m + <usize>c * 2 * MAP_BYTES, JOINT_STATES);
  const w = m + MAPS_BYTES;
  for (let i = 0; i < ORDER_VECTORS * COLUMNS; i++) store<f32>(w + ((<usize>i) << 2), 0.05);
  const v = w + WEIGHTS_BYTES;
  for (let i = 0; i < COLUMNS; i++) store<f32>(v + ((<usize>i) << 2), 1);
  initializeEstimates(m + ESTIMATES_AT, CIRCUMSTANCES);
  initializeJoint(m + JOINT_AT);
  return m;
}

export function copyMixer(from: usize): usize {
  const m = heap.alloc(MIXER_BYTES);
  memory.copy(m, from, MIXER_BYTES);
  return m;
}

export function disposeMixer(m: usize): void {
  heap.free(m);
}

/** Predicts the symbol at `p` of a text. @returns the number of candidates */
export function predict(mixerOf: usize, workspace: usize, document: usize, p: usize, text: usize): i32 {
  setContexts(p, text);
  predictHere(mixerOf, workspace, document, p, text);
  return count;
}

/** `predict` of a place whose contexts have been set. */
export function predictHere(mixerOf: usize, workspace: usize, document: usize, p: usize, text: usize): void {
  countRevision();
  mixer = mixerOf;
  gather(mixer, workspace, document);
  choose(p, text);
  mix();
  estimateBest();
  showPrediction();
}

function orderOf(first: i32): i32 {
  let i = ORDERS;
  while (i > 0 && load<u32>(entries + ((<usize>(first + i - 1)) << 2)) == 0) i--;
  return i;
}

/** How often the longest known context was seen, and whether always with one symbol. */
function confidenceOf(first: i32, order: i32): i32 {
  if (order == 0) return 0;
  const value = load<u32>(<usize>load<u32>(entries + ((<usize>(first + order - 1)) << 2)), 4);
  const n = isList(value) ? load<u32>(listOf(value)) : value >> 22;
  return (isList(value) ? 0 : 5) + (n < 2 ? 0 : n < 3 ? 1 : n < 5 ? 2 : n < 12 ? 3 : 4);
}

function choose(p: usize, text: usize): void {
  docOrder = orderOf(0);
  workspaceOrder = orderOf(CONTEXTS);
  lastKind = p > text ? kindAt(p - 2) : 3;
  const kind2: i32 = p > text + 2 ? kindAt(p - 4) : 3;
  const word = wordLength < 3 ? wordLength : wordLength < 5 ? 3 : 4;
  let first = 0;
  chooseVector(0, first + docOrder * 11 + workspaceOrder);
  first += ORDER_VECTORS;
  chooseVector(1, first + (lastKind * 7 + kind2) * 5 + word);
  first += KIND_VECTORS;
  chooseVector(2, first + confidenceOf(0, docOrder) * 10 + confidenceOf(CONTEXTS, workspaceOrder));
  first += CONFIDENCE_VECTORS;
  chooseVector(3, first + (p > text ? characterAt(p - 2) : 0));
  first += CHARACTER_VECTORS;
  chooseVector(4, first);
}

/** @inline */
function chooseVector(set: i32, vector: i32): void {
  store<u32>(chosen + ((<usize>set) << 2), <u32>(mixer + MAPS_BYTES + <usize>vector * ROW_BYTES));
}

function mix(): void {
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
    if (score > highest) {
      highest = score;
      best = row;
    }
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

/** @inline */
function coarse(order: i32): i32 {
  return order < 2 ? 0 : order < 4 ? 1 : order < 6 ? 2 : order < 7 ? 3 : order < 8 ? 4 : 5;
}

function estimateBest(): void {
  const circumstance = (coarse(docOrder) * 6 + coarse(workspaceOrder)) * 3 + min(wordLength, 2);
  const p = load<f32>(mixed + ((<usize>best) << 2));
  revise(mixed, probabilities, count, best, estimateOf(mixer + ESTIMATES_AT, circumstance, p));
}

/** Joins the last prediction with a network's; see `joinRows`. */
export function joinNetwork(logs: usize, ids: usize, size: i32): void {
  joinRows(mixer + JOINT_AT, probabilities, logs, ids, size, docOrder, workspaceOrder, lastKind);
}

/** [candidates + 1] f32 by row, the last of everything else. */
export function rowProbabilities(): usize {
  return probabilities;
}

/** Has the result be the last prediction again, without a network. */
export function showPrediction(): void {
  setResult(symbols, probabilities, count);
}

/** Learns that `symbol` came where `predict` was asked last. */
export function learnWeights(symbol: u32): void {
  countRevision();
  const right = rowOf(symbol);
  const variance = mixer + MAPS_BYTES + WEIGHTS_BYTES;
  for (let i: usize = 0; i < ROW_BYTES; i += 16) {
    // The gradient of ln p(right) is x(right) - sum of p x.
    let g = v128.load(features + <usize>right * ROW_BYTES + i);
    for (let row = 0; row <= count; row++) {
      const p = v128.load32_splat(mixed + ((<usize>row) << 2));
      g = f32x4.sub(g, f32x4.mul(p, v128.load(features + <usize>row * ROW_BYTES + i)));
    }
    const before = v128.load(variance + i);
    const v = f32x4.add(before, f32x4.mul(f32x4.splat(0.0005), f32x4.sub(f32x4.mul(g, g), before)));
    v128.store(variance + i, v);
    const root = f32x4.sqrt(f32x4.add(v, f32x4.splat(0.01)));
    g = f32x4.max(f32x4.min(f32x4.div(g, root), f32x4.splat(4)), f32x4.splat(-4));
    g = f32x4.mul(g, f32x4.splat(weightRate));
    for (let s: usize = 0; s < <usize>SETS * 4; s += 4) {
      const w = <usize>load<u32>(chosen + s) + i;
      v128.store(w, f32x4.add(v128.load(w), g));
    }
  }
  teachEstimate(right == best ? 1 : 0);
  teachStates(right, mixed, leastMapRate, scoreRate);
}
