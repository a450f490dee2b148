// Memory and network together: p(s) in proportion to exp(w · x(s)) once more, with x = ln p of the memory, ln q of the
// network, and a bonus for each one's favourite. Symbols that only the network proposes share what the memory leaves.
import { kindAt } from './alphabet';
import { wordLength } from './contexts';
import { CANDIDATES, count, rowOf, symbols } from './candidates';
import { RESULTS, setResult } from './result';

const PROPOSALS: i32 = 4;
const FLOOR: f32 = -12;
/** Symbols that share what the memory leaves, roughly. */
const UNSEEN: f32 = 100;
const ORDER_VECTORS: i32 = 4 * 4 * 6;
const KIND_VECTORS: i32 = 7 * 3 * 4;
export const JOINT_BYTES: usize = (ORDER_VECTORS + KIND_VECTORS) * 16;
const RATE: f32 = 0.005;

/** [RESULTS + 1, 4] f32 */
const features: usize = memory.data((RESULTS + 1) * 16, 16);
const joint: usize = memory.data((RESULTS + 1) * 4, 16);
const jointSymbols: usize = memory.data((RESULTS + 1) * 4, 16);
let jointCount: i32 = 0;
let first: usize = 0;
let second: usize = 0;

export function initializeJoint(weights: usize): void {
  memory.fill(weights, 0, JOINT_BYTES);
  for (let i = 0; i < ORDER_VECTORS; i++) {
    store<f32>(weights + ((<usize>i) << 4), 0.4);
    store<f32>(weights + ((<usize>i) << 4), 0.6, 4);
  }
}

/** @inline */
function floored(x: f32): f32 {
  return max(x, FLOOR);
}

/**
 * Joins the last prediction with a network's.
 * @param probabilities [count + 1] of the memory, the last of all others together
 * @param logs [size] f32 of the network, by its ids
 * @param ids [size] u16, the memory's symbol of each, 0 where there is none
 */
export function joinRows(
  weights: usize,
  probabilities: usize,
  logs: usize,
  ids: usize,
  size: i32,
  docOrder: i32,
  workspaceOrder: i32,
  kind: i32,
): void {
  const othersOf = load<f32>(probabilities + ((<usize>count) << 2));
  jointCount = count;
  let memoryBest = 0;
  for (let row = 0; row < count; row++) {
    store<u32>(jointSymbols + ((<usize>row) << 2), load<u32>(symbols + ((<usize>row) << 2)));
    const p = load<f32>(probabilities + ((<usize>row) << 2));
    store<f32>(features + ((<usize>row) << 4), floored(Mathf.log(p)));
    store<f32>(features + ((<usize>row) << 4), FLOOR, 4);
    store<f32>(joint + ((<usize>row) << 2), p);
    if (p > load<f32>(joint + ((<usize>memoryBest) << 2))) memoryBest = row;
  }
  let left: f32 = 1;
  for (let id = 0; id < size; id++) {
    const row = rowOf(load<u16>(ids + ((<usize>id) << 1)));
    const symbol: u32 = load<u16>(ids + ((<usize>id) << 1));
    if (symbol == 0) continue;
    const log = load<f32>(logs + ((<usize>id) << 2));
    if (row < count) {
      store<f32>(features + ((<usize>row) << 4), floored(log), 4);
      left -= Mathf.exp(log);
    } else propose(symbol, log);
  }
  const perUnseen: f32 = floored(Mathf.log(max<f32>(othersOf / UNSEEN, 1e-9)));
  for (let row = count; row < jointCount; row++) {
    left -= Mathf.exp(load<f32>(features + ((<usize>row) << 4), 4));
    store<f32>(features + ((<usize>row) << 4), perUnseen);
  }
  const rest = features + ((<usize>jointCount) << 4);
  store<f32>(rest, floored(Mathf.log(max<f32>(othersOf, 1e-9))));
  store<f32>(rest, floored(Mathf.log(max<f32>(left, 1e-6))), 4);
  let networkBest = 0;
  for (let row = 0; row <= jointCount; row++) {
    const x = features + ((<usize>row) << 4);
    store<u64>(x, 0, 8);
    if (load<f32>(x, 4) > load<f32>(features + ((<usize>networkBest) << 4), 4)) networkBest = row;
  }
  if (count) store<f32>(features + ((<usize>memoryBest) << 4), 1, 8);
  store<f32>(features + ((<usize>networkBest) << 4), 1, 12);
  const q = load<f32>(features + ((<usize>networkBest) << 4), 4);
  const sure = q > -0.03 ? 5 : q > -0.15 ? 4 : q > -0.5 ? 3 : q > -1 ? 2 : q > -1.6 ? 1 : 0;
  const agree = memoryBest == networkBest ? 2 : 0;
  const word = wordLength == 0 ? 0 : wordLength < 4 ? 1 : 2;
  first = weights + ((<usize>((coarse(docOrder) * 4 + coarse(workspaceOrder)) * 6 + sure)) << 4);
  second = weights + ((<usize>(ORDER_VECTORS + (kind * 3 + word) * 4 + agree + (sure > 2 ? 1 : 0))) << 4);
  mixJoint();
  setResult(jointSymbols, joint, jointCount);
}

/** @inline */
function coarse(order: i32): i32 {
  return order < 3 ? 0 : order < 6 ? 1 : order < 8 ? 2 : 3;
}

/** Keeps the most probable symbols that the memory does not propose, behind its own. */
function propose(symbol: u32, log: f32): void {
  let row = jointCount;
  if (row == count + PROPOSALS) {
    row--;
    if (load<f32>(features + ((<usize>row) << 4), 4) >= log) return;
  } else jointCount++;
  while (row > count && load<f32>(features + ((<usize>(row - 1)) << 4), 4) < log) {
    store<f32>(features + ((<usize>row) << 4), load<f32>(features + ((<usize>(row - 1)) << 4), 4), 4);
    store<u32>(jointSymbols + ((<usize>row) << 2), load<u32>(jointSymbols + ((<usize>(row - 1)) << 2)));
    row--;
  }
  store<f32>(features + ((<usize>row) << 4), log, 4);
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

function mixJoint(): void {
  const w = f32x4.add(v128.load(first), v128.load(second));
  let highest: f32 = -1e30;
  for (let row = 0; row <= jointCount; row++) {
    const score = sumOf(f32x4.mul(w, v128.load(features + ((<usize>row) << 4))));
    store<f32>(joint + ((<usize>row) << 2), score);
    highest = max(highest, score);
  }
  let all: f32 = 0;
  for (let row = 0; row <= jointCount; row++) {
    const e = Mathf.exp(load<f32>(joint + ((<usize>row) << 2)) - highest);
    store<f32>(joint + ((<usize>row) << 2), e);
    all += e;
  }
  for (let row = 0; row <= jointCount; row++) {
    store<f32>(joint + ((<usize>row) << 2), load<f32>(joint + ((<usize>row) << 2)) / all);
  }
}

/** Learns that `symbol` came where memory and network were joined last. */
export function learnJoint(symbol: u32): void {
  let right = 0;
  while (right < jointCount && load<u32>(jointSymbols + ((<usize>right) << 2)) != symbol) right++;
  let g = v128.load(features + ((<usize>right) << 4));
  for (let row = 0; row <= jointCount; row++) {
    const p = v128.load32_splat(joint + ((<usize>row) << 2));
    g = f32x4.sub(g, f32x4.mul(p, v128.load(features + ((<usize>row) << 4))));
  }
  g = f32x4.max(f32x4.min(g, f32x4.splat(4)), f32x4.splat(-4));
  g = f32x4.mul(g, f32x4.splat(RATE));
  v128.store(first, f32x4.add(v128.load(first), g));
  v128.store(second, f32x4.add(v128.load(second), g));
}
