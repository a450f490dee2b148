import { madd } from './simd-width';
import { sum } from './vector-math';

/**
 * The sum of the products of n floats, n a multiple of 8.
 * @inline
 */
function dot(x: usize, y: usize, bytes: usize): f32 {
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  for (let j: usize = 0; j < bytes; j += 32) {
    sum0 = madd(v128.load(x + j), v128.load(y + j), sum0);
    sum1 = madd(v128.load(x + j, 16), v128.load(y + j, 16), sum1);
  }
  return sum(f32x4.add(sum0, sum1));
}

/**
 * Adds (w + g·h) d to the logits of the symbols that a logit bias names.
 * @param logits [rows, columns]. @param h [rows, units], units a multiple of 8.
 * @param symbols [rows, entries] i32; negative ids are skipped. @param values [rows, entries], d.
 * @param weight w, one float. @param gate g [units].
 */
export function addLogitBias(
  logits: usize,
  columns: i32,
  h: usize,
  units: i32,
  symbols: usize,
  values: usize,
  entries: i32,
  weight: usize,
  gate: usize,
  rows: i32,
): void {
  const unitBytes = (<usize>units) << 2;
  for (let row = 0; row < rows; row++) {
    const factor = f32.load(weight) + dot(gate, h, unitBytes);
    for (let i = 0; i < entries; i++) {
      const symbol = i32.load(symbols);
      if (symbol >= 0) {
        const logit = logits + ((<usize>symbol) << 2);
        f32.store(logit, f32.load(logit) + factor * f32.load(values));
      }
      symbols += 4;
      values += 4;
    }
    logits += (<usize>columns) << 2;
    h += unitBytes;
  }
}

/**
 * The gradient of `addLogitBias`.
 * @param dLogits [rows, columns].
 * @param dWeight one float, dGate [units], dOutput [rows, units]: what it adds to the gradients of w, g and h.
 */
export function logitBiasBackward(
  dLogits: usize,
  columns: i32,
  h: usize,
  units: i32,
  symbols: usize,
  values: usize,
  entries: i32,
  gate: usize,
  rows: i32,
  dWeight: usize,
  dGate: usize,
  dOutput: usize,
): void {
  const unitBytes = (<usize>units) << 2;
  let total: f32 = 0;
  for (let row = 0; row < rows; row++) {
    let dFactor: f32 = 0;
    for (let i = 0; i < entries; i++) {
      const symbol = i32.load(symbols);
      if (symbol >= 0) dFactor += f32.load(values) * f32.load(dLogits + ((<usize>symbol) << 2));
      symbols += 4;
      values += 4;
    }
    total += dFactor;
    const d = f32x4.splat(dFactor);
    for (let j: usize = 0; j < unitBytes; j += 32) {
      const g0 = madd(d, v128.load(h + j), v128.load(dGate + j));
      const g1 = madd(d, v128.load(h + j, 16), v128.load(dGate + j, 16));
      const o0 = madd(d, v128.load(gate + j), v128.load(dOutput + j));
      const o1 = madd(d, v128.load(gate + j, 16), v128.load(dOutput + j, 16));
      v128.store(dGate + j, g0);
      v128.store(dGate + j, g1, 16);
      v128.store(dOutput + j, o0);
      v128.store(dOutput + j, o1, 16);
    }
    dLogits += (<usize>columns) << 2;
    h += unitBytes;
    dOutput += unitBytes;
  }
  f32.store(dWeight, f32.load(dWeight) + total);
}
