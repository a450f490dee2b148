// One stream, symbol by symbol. Here matrices are packed in panels of 32 columns [columns / 32, depth, 32]: eight
// running sums hide the latency of addition, and every weight is read once, in order.
import { madd } from '../simd-width';
import { tileOf } from '../products/tile';
import { sigmoid, tanh } from '../vector-math';

/** Bytes of one depth of a panel. */
export const STEP_BYTES: usize = 128;

/**
 * `vectorProduct` by panels of which each is `gap` bytes behind the end of the one before. Two depths at a time: V8
 * repeats a short loop four times by itself, but with a condition between.
 * @inline
 */
function vectorTimesPanels(
  x: usize,
  panels: usize,
  gap: usize,
  start: usize,
  out: usize,
  depth: i32,
  columns: i32,
): void {
  const xEnd = x + ((<usize>depth) << 2);
  for (let n: usize = 0; n < (<usize>columns) << 2; n += 128) {
    const s = start + n;
    let c0 = v128.load(s);
    let c1 = v128.load(s, 16);
    let c2 = v128.load(s, 32);
    let c3 = v128.load(s, 48);
    let c4 = v128.load(s, 64);
    let c5 = v128.load(s, 80);
    let c6 = v128.load(s, 96);
    let c7 = v128.load(s, 112);
    for (let p = x; p < xEnd; p += 8) {
      const v0 = v128.load32_splat(p);
      const v1 = v128.load32_splat(p, 4);
      c0 = madd(v0, v128.load(panels), c0);
      c1 = madd(v0, v128.load(panels, 16), c1);
      c2 = madd(v0, v128.load(panels, 32), c2);
      c3 = madd(v0, v128.load(panels, 48), c3);
      c4 = madd(v0, v128.load(panels, 64), c4);
      c5 = madd(v0, v128.load(panels, 80), c5);
      c6 = madd(v0, v128.load(panels, 96), c6);
      c7 = madd(v0, v128.load(panels, 112), c7);
      c0 = madd(v1, v128.load(panels, 128), c0);
      c1 = madd(v1, v128.load(panels, 144), c1);
      c2 = madd(v1, v128.load(panels, 160), c2);
      c3 = madd(v1, v128.load(panels, 176), c3);
      c4 = madd(v1, v128.load(panels, 192), c4);
      c5 = madd(v1, v128.load(panels, 208), c5);
      c6 = madd(v1, v128.load(panels, 224), c6);
      c7 = madd(v1, v128.load(panels, 240), c7);
      panels += 256;
    }
    const o = out + n;
    v128.store(o, c0);
    v128.store(o, c1, 16);
    v128.store(o, c2, 32);
    v128.store(o, c3, 48);
    v128.store(o, c4, 64);
    v128.store(o, c5, 80);
    v128.store(o, c6, 96);
    v128.store(o, c7, 112);
    panels += gap;
  }
}

/** out [columns] = start + x [depth] * B [depth, columns], B in panels of 32 columns; the depth is even. */
export function vectorProduct(
  x: usize,
  panels: usize,
  start: usize,
  out: usize,
  depth: i32,
  columns: i32,
): void {
  vectorTimesPanels(x, panels, 0, start, out, depth, columns);
}

/** Sums [rows, columns] = bias + x [rows, depth] * B, as `vectorProduct` of each row computes it to the bit. */
function inputSums(
  x: usize,
  panels: usize,
  gap: usize,
  bias: usize,
  sums: usize,
  rows: i32,
  depth: i32,
  columns: i32,
): void {
  const xBytes = (<usize>depth) << 2;
  const sumsBytes = (<usize>columns) << 2;
  for (let n: usize = 0; n < sumsBytes; n += 32) {
    const panel = panels + (n / STEP_BYTES) * (<usize>depth * STEP_BYTES + gap) + (n % STEP_BYTES);
    for (let row = 0; row < rows; row += 4) {
      const source = x + <usize>row * xBytes;
      const target = sums + <usize>row * sumsBytes + n;
      const height = min(4, rows - row);
      tileOf(height, 2, false, source, xBytes, panel, STEP_BYTES, bias + n, 0, target, sumsBytes, depth);
    }
  }
}

/**
 * h and c [units] of one layer go on by one symbol; gates [4 * units] holds the sums in the order i f g o. All gates go
 * before all cells: neighbours in a loop do not wait for each other, so the processor works at several at once.
 */
function cellStep(gates: usize, h: usize, c: usize, units: i32): void {
  const bytes = (<usize>units) << 2;
  const candidates = gates + 2 * bytes;
  const outputs = candidates + bytes;
  for (let at = gates; at < candidates; at += 32) sigmoid(at, at);
  for (let at = candidates; at < outputs; at += 32) tanh(at, at);
  for (let at = outputs; at < outputs + bytes; at += 32) sigmoid(at, at);
  for (let j: usize = 0; j < bytes; j += 32) {
    const i = gates + j;
    const f = i + bytes;
    const g = f + bytes;
    const at = c + j;
    const new0 = f32x4.mul(v128.load(i), v128.load(g));
    const new1 = f32x4.mul(v128.load(i, 16), v128.load(g, 16));
    v128.store(at, madd(v128.load(f), v128.load(at), new0));
    v128.store(at, madd(v128.load(f, 16), v128.load(at, 16), new1), 16);
    tanh(at, g);
    const o = g + bytes;
    const h0 = f32x4.mul(v128.load(o), v128.load(g));
    const h1 = f32x4.mul(v128.load(o, 16), v128.load(g, 16));
    v128.store(h + j, h0);
    v128.store(h + j, h1, 16);
  }
}

/**
 * Feeds `count` symbols through all layers of an LSTM: one by all layers, more than one layer by layer, so that a
 * layer's recurrent weights stay in the cache and its inputs' product is one for all of them. The bits are the same.
 * @param symbols [count] i32 rows of table [V, 4 * units], layer 0's input weights and biases folded together.
 * @param weights layer 0's [units, 4 * units], then for each further layer its input and recurrent weights one
 *   above the other, [2 * units, 4 * units], all in panels.
 * @param biases [4 * units] for each layer but the first.
 * @param h, c [layers, units], updated; a layer's input and its own h stand side by side in h.
 * @param outputs [count, units] and sums [count, 4 * units], overwritten. Units are a multiple of 8.
 */
export function lstmStep(
  symbols: usize,
  count: i32,
  table: usize,
  weights: usize,
  biases: usize,
  h: usize,
  c: usize,
  outputs: usize,
  sums: usize,
  layers: i32,
  units: i32,
): void {
  const width = units << 2;
  const unitBytes = (<usize>units) << 2;
  const halfPanel = unitBytes * (STEP_BYTES >> 2);
  const matrixBytes = (<usize>width * <usize>units) << 2;
  for (let layer = 0; layer < layers; layer++) {
    const joined = layer > 0 && count === 1;
    let gates = sums;
    let output = outputs;
    if (layer > 0 && count > 1) inputSums(outputs, weights, halfPanel, biases, sums, count, units, width);
    for (let s = 0; s < count; s++) {
      if (joined) {
        vectorTimesPanels(h - unitBytes, weights, 0, biases, gates, 2 * units, width);
      } else if (layer === 0) {
        const start = table + <usize>i32.load(symbols + ((<usize>s) << 2)) * (4 * unitBytes);
        vectorTimesPanels(h, weights, 0, start, gates, units, width);
      } else {
        vectorTimesPanels(h, weights + halfPanel, halfPanel, gates, gates, units, width);
      }
      cellStep(gates, h, c, units);
      if (count > 1) memory.copy(output, h, unitBytes);
      gates += 4 * unitBytes;
      output += unitBytes;
    }
    weights += layer > 0 ? 2 * matrixBytes : matrixBytes;
    if (layer > 0) biases += 4 * unitBytes;
    h += unitBytes;
    c += unitBytes;
  }
}
