// Counts and network together: p(s) in proportion to exp(w · x(s)) once more, with x = ln p of the counts, ln q of the
// network, and a bonus for each one's favourite. Symbols that only the network proposes share what the counts leave.
// What comes of it is scored again (network-rescoring.ts), then averaged with the counts alone by how well either has
// predicted this document so far (fixed share: Herbster and Warmuth, Tracking the best expert, 1998), so that no network
// costs much more than the counts would.
import { MAX_CANDIDATES, rowOf, symbols } from '../inputs/candidates';
import { MAX_RESULTS, setResult } from '../output/result';
import { Prediction } from '../inputs/prediction';
import { cases, chooseCases, KIND_CASES, ORDER_CASES } from './network-cases';
import { learnNetworkRescoring, rescoreWithNetwork } from './network-rescoring';

/** Symbols of the network's own that are taken up. */
const PROPOSALS: i32 = MAX_RESULTS - MAX_CANDIDATES;
/** Logarithms below this say no more than this. */
const FLOOR: f32 = -12;
/** How many symbols share what the counts leave, roughly, and the least that is left to them. */
const UNSEEN: f32 = 100;
const MIN_OTHERS: f32 = 1e-9;
const MIN_LEFT: f32 = 1e-6;

// Weights are the sum of two vectors of four, chosen by the first two of `cases`.
export const NETWORK_WEIGHTS_BYTES: usize = <usize>(ORDER_CASES + KIND_CASES) * 16;
/** Where the weights of ln p and ln q start: the network has read more, and has the counts as its prior. */
const INITIAL_COUNTS_WEIGHT: f32 = 0.4;
const INITIAL_NETWORK_WEIGHT: f32 = 0.6;
const RATE: f32 = 0.003;
const MAX_GRADIENT: f32 = 4;

/** Of the trust, which is the weight of the mixture in the average with the counts alone, [1] f32. */
export const TRUST_BYTES: usize = 16;
/** Where it begins. */
const INITIAL_TRUST: f32 = 0.75;
/** By which it returns there with each symbol, so that a network that is right again is heard again. */
const TRUST_SHARE: f32 = 0.002;
const MIN_EVIDENCE: f32 = 1e-30;

/** The mixture made last. */
@unmanaged
class Mixture {
  /** Rows; one more stands for all other symbols. */
  count: i32;
  /** Addresses of the two vectors chosen. */
  first: usize;
  second: usize;
  /** Addresses of the weights by which it was scored again, and of the trust. */
  rescoring: usize;
  trust: usize;
}

const mixture: Mixture = changetype<Mixture>(memory.data(32, 16));
/** [MAX_RESULTS + 1, 4] f32 */
const features: usize = memory.data((MAX_RESULTS + 1) * 16, 16);
/**
 * [MAX_RESULTS + 1] f32 probabilities by row: of the mixture, scored again, of the counts alone, and the average of these
 * two.
 */
const joint: usize = memory.data((MAX_RESULTS + 1) * 4, 16);
const rescored: usize = memory.data((MAX_RESULTS + 1) * 4, 16);
const alone: usize = memory.data((MAX_RESULTS + 1) * 4, 16);
const averaged: usize = memory.data((MAX_RESULTS + 1) * 4, 16);
/** [MAX_RESULTS + 1] u32 */
const jointSymbols: usize = memory.data((MAX_RESULTS + 1) * 4, 16);

/**
 * @param weights [NETWORK_WEIGHTS_BYTES] of a mixer
 * @param trust [TRUST_BYTES] of it
 */
export function initializeNetworkWeights(weights: usize, trust: usize): void {
  store<f32>(trust, INITIAL_TRUST);
  memory.fill(weights, 0, NETWORK_WEIGHTS_BYTES);
  for (let i = 0; i < ORDER_CASES; i++) {
    store<f32>(weights + ((<usize>i) << 4), INITIAL_COUNTS_WEIGHT);
    store<f32>(weights + ((<usize>i) << 4), INITIAL_NETWORK_WEIGHT, 4);
  }
}

/** @inline */
function rowAt(row: i32): usize {
  return features + ((<usize>row) << 4);
}

/** @inline */
function floored(x: f32): f32 {
  return max(x, FLOOR);
}

/**
 * Mixes a prediction with a network's; the result is what both say.
 * @param weights, rescoring, trust of the mixer
 * @param probabilities [count + 1] f32 of the counts, the last of all others together
 * @param logProbabilities [size] f32 of the network, by its ids
 * @param ids [size] u16, the symbol of each, 0 where there is none
 */
export function mixNetwork(
  prediction: Prediction,
  weights: usize,
  rescoring: usize,
  trust: usize,
  probabilities: usize,
  logProbabilities: usize,
  ids: usize,
  size: i32,
): void {
  const count = prediction.count;
  mixture.rescoring = rescoring;
  mixture.trust = trust;
  const others = load<f32>(probabilities + ((<usize>count) << 2));
  const countsBest = takeCounts(probabilities, count);
  mixture.count = count;
  const left = takeNetwork(logProbabilities, ids, size, count);
  const rows = mixture.count;
  fillOthers(others, left, count, rows);
  let networkBest = 0;
  for (let row = 0; row <= rows; row++) {
    store<u64>(rowAt(row), 0, 8);
    if (load<f32>(rowAt(row), 4) > load<f32>(rowAt(networkBest), 4)) networkBest = row;
  }
  if (count) store<f32>(rowAt(countsBest), 1, 8);
  store<f32>(rowAt(networkBest), 1, 12);
  const isAgreed = countsBest == networkBest;
  const ofCounts: f32 = count ? load<f32>(rowAt(countsBest)) : FLOOR;
  chooseCases(prediction, ofCounts, load<f32>(rowAt(networkBest), 4), isAgreed);
  mixture.first = weights + ((<usize>cases.order) << 4);
  mixture.second = weights + ((<usize>(ORDER_CASES + cases.kind)) << 4);
  mix(rows);
  rescoreWithNetwork(mixture.rescoring, features, jointSymbols, joint, rescored, count, rows);
  averageWithCounts(probabilities, count, rows);
  setResult(jointSymbols, averaged, rows);
}

/** Begins the rows with the candidates of the counts. @returns the most probable one */
function takeCounts(probabilities: usize, count: i32): i32 {
  let best = 0;
  for (let row = 0; row < count; row++) {
    const at = (<usize>row) << 2;
    store<u32>(jointSymbols + at, load<u32>(symbols + at));
    const p = load<f32>(probabilities + at);
    store<f32>(rowAt(row), floored(Mathf.log(p)));
    store<f32>(rowAt(row), FLOOR, 4);
    if (p > load<f32>(probabilities + ((<usize>best) << 2))) best = row;
  }
  return best;
}

/**
 * Enters what the network says, with rows of its own for its most probable symbols.
 * @returns what it leaves to symbols that have no row, before its own rows are taken off
 */
function takeNetwork(logProbabilities: usize, ids: usize, size: i32, count: i32): f32 {
  let left: f32 = 1;
  for (let id = 0; id < size; id++) {
    const symbol: u32 = load<u16>(ids + ((<usize>id) << 1));
    if (symbol == 0) continue;
    const row = rowOf(symbol, count);
    const log = load<f32>(logProbabilities + ((<usize>id) << 2));
    if (row < count) {
      store<f32>(rowAt(row), floored(log), 4);
      left -= Mathf.exp(log);
    } else propose(symbol, log, count);
  }
  return left;
}

/** What the counts say of the network's own rows, and what both say of everything that has no row. */
function fillOthers(others: f32, left: f32, count: i32, rows: i32): void {
  const perUnseen: f32 = floored(Mathf.log(max<f32>(others / UNSEEN, MIN_OTHERS)));
  for (let row = count; row < rows; row++) {
    left -= Mathf.exp(load<f32>(rowAt(row), 4));
    store<f32>(rowAt(row), perUnseen);
  }
  store<f32>(rowAt(rows), floored(Mathf.log(max<f32>(others, MIN_OTHERS))));
  store<f32>(rowAt(rows), floored(Mathf.log(max<f32>(left, MIN_LEFT))), 4);
}

/** Keeps the network's most probable symbols that are no candidates of the counts, behind those, sorted. */
function propose(symbol: u32, log: f32, count: i32): void {
  let row = mixture.count;
  if (row == count + PROPOSALS) {
    row--;
    if (load<f32>(rowAt(row), 4) >= log) return;
  } else mixture.count = row + 1;
  while (row > count && load<f32>(rowAt(row - 1), 4) < log) {
    store<f32>(rowAt(row), load<f32>(rowAt(row - 1), 4), 4);
    store<u32>(jointSymbols + ((<usize>row) << 2), load<u32>(jointSymbols + ((<usize>(row - 1)) << 2)));
    row--;
  }
  store<f32>(rowAt(row), log, 4);
  store<u32>(jointSymbols + ((<usize>row) << 2), symbol);
}

/** @inline */
function sumOf(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) +
    f32x4.extract_lane(x, 1) +
    (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

function mix(rows: i32): void {
  const w = f32x4.add(v128.load(mixture.first), v128.load(mixture.second));
  let highest: f32 = -1e30;
  for (let row = 0; row <= rows; row++) {
    const score = sumOf(f32x4.mul(w, v128.load(rowAt(row))));
    store<f32>(joint + ((<usize>row) << 2), score);
    highest = max(highest, score);
  }
  let all: f32 = 0;
  for (let row = 0; row <= rows; row++) {
    const e = Mathf.exp(load<f32>(joint + ((<usize>row) << 2)) - highest);
    store<f32>(joint + ((<usize>row) << 2), e);
    all += e;
  }
  for (let row = 0; row <= rows; row++) {
    store<f32>(joint + ((<usize>row) << 2), load<f32>(joint + ((<usize>row) << 2)) / all);
  }
}

/** Averages the mixture with the counts alone, of which the network's own rows take a small part of what they leave. */
function averageWithCounts(probabilities: usize, count: i32, rows: i32): void {
  const others = load<f32>(probabilities + ((<usize>count) << 2));
  const perUnseen: f32 = others / UNSEEN;
  const trust = load<f32>(mixture.trust);
  for (let row = 0; row <= rows; row++) {
    const at = (<usize>row) << 2;
    const p: f32 =
      row < count
        ? load<f32>(probabilities + at)
        : row < rows
          ? perUnseen
          : others - <f32>(rows - count) * perUnseen;
    store<f32>(alone + at, p);
    store<f32>(averaged + at, trust * load<f32>(rescored + at) + (1 - trust) * p);
  }
}

/** The row of a symbol in the last mixture; that of all others where it has none. */
export function mixtureRowOf(symbol: u32): i32 {
  let row = 0;
  while (row < mixture.count && load<u32>(jointSymbols + ((<usize>row) << 2)) != symbol) row++;
  return row;
}

/** What the last mixture gave a row, before it was scored again. */
export function mixtureProbability(row: i32): f32 {
  return load<f32>(joint + ((<usize>row) << 2));
}

/** Learns that `symbol` came where a network was mixed in last. */
export function learnNetworkWeights(symbol: u32): void {
  const rows = mixture.count;
  const right = mixtureRowOf(symbol);
  learnTrust((<usize>right) << 2);
  learnNetworkRescoring(mixture.rescoring, right, rescored);
  let g = v128.load(rowAt(right));
  for (let row = 0; row <= rows; row++) {
    const p = v128.load32_splat(joint + ((<usize>row) << 2));
    g = f32x4.sub(g, f32x4.mul(p, v128.load(rowAt(row))));
  }
  g = f32x4.max(f32x4.min(g, f32x4.splat(MAX_GRADIENT)), f32x4.splat(-MAX_GRADIENT));
  g = f32x4.mul(g, f32x4.splat(RATE));
  v128.store(mixture.first, f32x4.add(v128.load(mixture.first), g));
  v128.store(mixture.second, f32x4.add(v128.load(mixture.second), g));
}

/** By Bayes' rule, from what the mixture and the counts alone gave the symbol of the row at `at`. */
function learnTrust(at: usize): void {
  const trust = load<f32>(mixture.trust);
  const expected = trust * load<f32>(rescored + at);
  const posterior = expected / max<f32>(expected + (1 - trust) * load<f32>(alone + at), MIN_EVIDENCE);
  store<f32>(mixture.trust, posterior + TRUST_SHARE * (INITIAL_TRUST - posterior));
}
