import { sigmoid, tanh } from './vector-math';

/**
 * The LSTM's pointwise part for one time step (Hochreiter and Schmidhuber, 1997, with the forget gate of Gers et
 * al., 2000; order i f g o as PyTorch has it): c' = f c + i g, h' = o tanh(c').
 * @param gates [rows, 4 * units] sums; overwritten with i, f, g, o.
 * @param previousCell, cell, output, cellTanh [rows, units]: c, and then written: c', h', tanh(c').
 * Units are a multiple of 4.
 */
export function lstmForward(
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
    for (let j: usize = 0; j < bytes; j += 16) {
      const i = sigmoid(v128.load(g0 + j));
      const f = sigmoid(v128.load(g1 + j));
      const g = tanh(v128.load(g2 + j));
      const o = sigmoid(v128.load(g3 + j));
      const c = f32x4.add(f32x4.mul(f, v128.load(previousCell + j)), f32x4.mul(i, g));
      const t = tanh(c);
      v128.store(g0 + j, i);
      v128.store(g1 + j, f);
      v128.store(g2 + j, g);
      v128.store(g3 + j, o);
      v128.store(cell + j, c);
      v128.store(cellTanh + j, t);
      v128.store(output + j, f32x4.mul(o, t));
    }
    gates += 4 * bytes;
    previousCell += bytes;
    cell += bytes;
    output += bytes;
    cellTanh += bytes;
  }
}

/**
 * The gradient of `lstmForward`.
 * @param gates i, f, g, o; overwritten with the gradients of the sums they were made of.
 * @param dOutput [rows, units] gradient of h'.
 * @param dCell [rows, units] gradient of c' from the step after; overwritten with that of c.
 */
export function lstmBackward(
  gates: usize,
  previousCell: usize,
  cellTanh: usize,
  dOutput: usize,
  dCell: usize,
  rows: i32,
  units: i32,
): void {
  const bytes = (<usize>units) << 2;
  const one = f32x4.splat(1);
  for (let row = 0; row < rows; row++) {
    const g0 = gates;
    const g1 = g0 + bytes;
    const g2 = g1 + bytes;
    const g3 = g2 + bytes;
    for (let j: usize = 0; j < bytes; j += 16) {
      const i = v128.load(g0 + j);
      const f = v128.load(g1 + j);
      const g = v128.load(g2 + j);
      const o = v128.load(g3 + j);
      const t = v128.load(cellTanh + j);
      const dh = v128.load(dOutput + j);
      const throughTanh = f32x4.mul(f32x4.mul(dh, o), f32x4.sub(one, f32x4.mul(t, t)));
      const dc = f32x4.add(v128.load(dCell + j), throughTanh);
      const di = f32x4.mul(dc, g);
      const df = f32x4.mul(dc, v128.load(previousCell + j));
      const dg = f32x4.mul(dc, i);
      const do_ = f32x4.mul(dh, t);
      v128.store(g0 + j, f32x4.mul(di, f32x4.mul(i, f32x4.sub(one, i))));
      v128.store(g1 + j, f32x4.mul(df, f32x4.mul(f, f32x4.sub(one, f))));
      v128.store(g2 + j, f32x4.mul(dg, f32x4.sub(one, f32x4.mul(g, g))));
      v128.store(g3 + j, f32x4.mul(do_, f32x4.mul(o, f32x4.sub(one, o))));
      v128.store(dCell + j, f32x4.mul(dc, f));
    }
    gates += 4 * bytes;
    previousCell += bytes;
    cellTanh += bytes;
    dOutput += bytes;
    dCell += bytes;
  }
}
