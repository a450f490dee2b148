import { madd } from '../simd-width';
import { sigmoid, tanh } from '../vector-math';

/**
 * The LSTM's pointwise part for one time step (Hochreiter and Schmidhuber, 1997, with the forget gate of Gers et
 * al., 2000; order i f g o as PyTorch has it): c' = f c + i g, h' = o tanh(c').
 * @param sums [rows, 4 * units] what the gates are functions of.
 * @param gates [rows, 4 * units] written: i, f, g, o; may be the sums.
 * @param previousCell, cell, output, cellTanh [rows, units]: c, and then written: c', h', tanh(c').
 * Units are a multiple of 8.
 */
export function lstmForward(
  sums: usize,
  gates: usize,
  previousCell: usize,
  cell: usize,
  output: usize,
  cellTanh: usize,
  rows: i32,
  units: i32,
): void {
  const bytes = (<usize>units) << 2;
  for (let row = 0; row < rows; row++) {
    const g0 = gates;
    const g1 = g0 + bytes;
    const g2 = g1 + bytes;
    const g3 = g2 + bytes;
    for (let j: usize = 0; j < bytes; j += 32) {
      const sum = sums + j;
      sigmoid(sum, g0 + j);
      sigmoid(sum + bytes, g1 + j);
      tanh(sum + 2 * bytes, g2 + j);
      sigmoid(sum + 3 * bytes, g3 + j);
    }
    // A loop of its own: tanh(c) has to wait for the gates, and the processor looks ahead by few units only.
    for (let j: usize = 0; j < bytes; j += 32) {
      const new0 = f32x4.mul(v128.load(g0 + j), v128.load(g2 + j));
      const new1 = f32x4.mul(v128.load(g0 + j, 16), v128.load(g2 + j, 16));
      const c0 = madd(v128.load(g1 + j), v128.load(previousCell + j), new0);
      const c1 = madd(v128.load(g1 + j, 16), v128.load(previousCell + j, 16), new1);
      v128.store(cell + j, c0);
      v128.store(cell + j, c1, 16);
      tanh(cell + j, cellTanh + j);
      const h0 = f32x4.mul(v128.load(g3 + j), v128.load(cellTanh + j));
      const h1 = f32x4.mul(v128.load(g3 + j, 16), v128.load(cellTanh + j, 16));
      v128.store(output + j, h0);
      v128.store(output + j, h1, 16);
    }
    sums += 4 * bytes;
    gates += 4 * bytes;
    previousCell += bytes;
    cell += bytes;
    output += bytes;
    cellTanh += bytes;
  }
}

/**
 * d x (1 - x): the gradient of a sigmoid x.
 * @inline
 */
function throughSigmoid(d: v128, x: v128): v128 {
  return f32x4.mul(d, f32x4.mul(x, f32x4.sub(f32x4.splat(1), x)));
}

/**
 * d (1 - x^2): the gradient of a tanh x.
 * @inline
 */
function throughTanh(d: v128, x: v128): v128 {
  return f32x4.mul(d, f32x4.sub(f32x4.splat(1), f32x4.mul(x, x)));
}

/**
 * The gradient of `lstmForward`.
 * @param gates [rows, 4 * units] i, f, g, o.
 * @param dSums [rows, 4 * units] written: the gradients of the sums; may be the gates.
 * @param dOutput, dRecurrent [rows, units] gradient of h', in two parts: from the layer above, the step after.
 * @param dCell [rows, units] gradient of c' from the step after; overwritten with that of c.
 */
export function lstmBackward(
  gates: usize,
  dSums: usize,
  previousCell: usize,
  cellTanh: usize,
  dOutput: usize,
  dRecurrent: usize,
  dCell: usize,
  rows: i32,
  units: i32,
): void {
  const bytes = (<usize>units) << 2;
  for (let row = 0; row < rows; row++) {
    const g0 = gates;
    const g1 = g0 + bytes;
    const g2 = g1 + bytes;
    const g3 = g2 + bytes;
    const d0 = dSums;
    const d1 = d0 + bytes;
    const d2 = d1 + bytes;
    const d3 = d2 + bytes;
    for (let j: usize = 0; j < bytes; j += 32) {
      const i0 = v128.load(g0 + j);
      const i1 = v128.load(g0 + j, 16);
      const f0 = v128.load(g1 + j);
      const f1 = v128.load(g1 + j, 16);
      const n0 = v128.load(g2 + j);
      const n1 = v128.load(g2 + j, 16);
      const o0 = v128.load(g3 + j);
      const o1 = v128.load(g3 + j, 16);
      const t0 = v128.load(cellTanh + j);
      const t1 = v128.load(cellTanh + j, 16);
      const dh0 = f32x4.add(v128.load(dOutput + j), v128.load(dRecurrent + j));
      const dh1 = f32x4.add(v128.load(dOutput + j, 16), v128.load(dRecurrent + j, 16));
      const dc0 = f32x4.add(v128.load(dCell + j), throughTanh(f32x4.mul(dh0, o0), t0));
      const dc1 = f32x4.add(v128.load(dCell + j, 16), throughTanh(f32x4.mul(dh1, o1), t1));
      const df0 = f32x4.mul(dc0, v128.load(previousCell + j));
      const df1 = f32x4.mul(dc1, v128.load(previousCell + j, 16));
      v128.store(d0 + j, throughSigmoid(f32x4.mul(dc0, n0), i0));
      v128.store(d0 + j, throughSigmoid(f32x4.mul(dc1, n1), i1), 16);
      v128.store(d1 + j, throughSigmoid(df0, f0));
      v128.store(d1 + j, throughSigmoid(df1, f1), 16);
      v128.store(d2 + j, throughTanh(f32x4.mul(dc0, i0), n0));
      v128.store(d2 + j, throughTanh(f32x4.mul(dc1, i1), n1), 16);
      v128.store(d3 + j, throughSigmoid(f32x4.mul(dh0, t0), o0));
      v128.store(d3 + j, throughSigmoid(f32x4.mul(dh1, t1), o1), 16);
      v128.store(dCell + j, f32x4.mul(dc0, f0));
      v128.store(dCell + j, f32x4.mul(dc1, f1), 16);
    }
    gates += 4 * bytes;
    dSums += 4 * bytes;
    previousCell += bytes;
    cellTanh += bytes;
    dOutput += bytes;
    dRecurrent += bytes;
    dCell += bytes;
  }
}
