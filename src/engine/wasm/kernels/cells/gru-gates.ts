import { madd } from '../simd-width';
import { sigmoid, tanh } from '../vector-math';

/**
 * The GRU's pointwise part for one time step, as PyTorch has it (order r z n, the reset gate after the recurrent
 * product): r, z = sigmoid(x + s), n = tanh(x + r s), h' = n + z (h - n).
 * @param inputSums [rows, 3 * units]: x, the part from the inputs; overwritten. @param stateSums likewise: s, kept.
 * @param gates [rows, 4 * units], written: r, z, n, and the s of n. @param previous, output [rows, units]: h, h'; may
 * be the same. Units are a multiple of 8.
 */
export function gruForward(
  inputSums: usize,
  stateSums: usize,
  gates: usize,
  previous: usize,
  output: usize,
  rows: i32,
  units: i32,
): void {
  const bytes = (<usize>units) << 2;
  for (let row = 0; row < rows; row++) {
    for (let j: usize = 0; j < bytes; j += 32) {
      const x0 = inputSums + j;
      const x1 = x0 + bytes;
      const s0 = stateSums + j;
      const s1 = s0 + bytes;
      const r = gates + j;
      const z = r + bytes;
      const a0 = f32x4.add(v128.load(x0), v128.load(s0));
      const a1 = f32x4.add(v128.load(x0, 16), v128.load(s0, 16));
      v128.store(x0, a0);
      v128.store(x0, a1, 16);
      sigmoid(x0, r);
      const b0 = f32x4.add(v128.load(x1), v128.load(s1));
      const b1 = f32x4.add(v128.load(x1, 16), v128.load(s1, 16));
      v128.store(x1, b0);
      v128.store(x1, b1, 16);
      sigmoid(x1, z);
    }
    for (let j: usize = 0; j < bytes; j += 32) {
      const x2 = inputSums + j + 2 * bytes;
      const s2 = stateSums + j + 2 * bytes;
      const r = gates + j;
      const z = r + bytes;
      const n = z + bytes;
      const kept = n + bytes;
      const k0 = v128.load(s2);
      const k1 = v128.load(s2, 16);
      const c0 = madd(v128.load(r), k0, v128.load(x2));
      const c1 = madd(v128.load(r, 16), k1, v128.load(x2, 16));
      v128.store(kept, k0);
      v128.store(kept, k1, 16);
      v128.store(x2, c0);
      v128.store(x2, c1, 16);
      tanh(x2, n);
      const n0 = v128.load(n);
      const n1 = v128.load(n, 16);
      const h0 = madd(v128.load(z), f32x4.sub(v128.load(previous + j), n0), n0);
      const h1 = madd(v128.load(z, 16), f32x4.sub(v128.load(previous + j, 16), n1), n1);
      v128.store(output + j, h0);
      v128.store(output + j, h1, 16);
    }
    inputSums += 3 * bytes;
    stateSums += 3 * bytes;
    gates += 4 * bytes;
    previous += bytes;
    output += bytes;
  }
}

/**
 * x (1 - x): the slope of a sigmoid x.
 * @inline
 */
function slope(x: v128): v128 {
  return f32x4.mul(x, f32x4.sub(f32x4.splat(1), x));
}

/**
 * 1 - x^2: the slope of a tanh x.
 * @inline
 */
function tanhSlope(x: v128): v128 {
  return f32x4.sub(f32x4.splat(1), f32x4.mul(x, x));
}

/**
 * The gradient of `gruForward`.
 * @param gates as it left them. @param dInputSums, dStateSums [rows, 3 * units], written.
 * @param dOutput [rows, units] gradient of h' from the layer above.
 * @param dRecurrent [rows, units] that from the step after; overwritten with what reaches h past the sums.
 */
export function gruBackward(
  gates: usize,
  dInputSums: usize,
  dStateSums: usize,
  previous: usize,
  dOutput: usize,
  dRecurrent: usize,
  rows: i32,
  units: i32,
): void {
  const bytes = (<usize>units) << 2;
  for (let row = 0; row < rows; row++) {
    for (let j: usize = 0; j < bytes; j += 16) {
      const r = v128.load(gates + j);
      const z = v128.load(gates + bytes + j);
      const n = v128.load(gates + 2 * bytes + j);
      const kept = v128.load(gates + 3 * bytes + j);
      const dh = f32x4.add(v128.load(dOutput + j), v128.load(dRecurrent + j));
      const past = f32x4.mul(dh, z);
      const dN = f32x4.mul(f32x4.sub(dh, past), tanhSlope(n));
      const dZ = f32x4.mul(f32x4.mul(dh, f32x4.sub(v128.load(previous + j), n)), slope(z));
      const dR = f32x4.mul(f32x4.mul(dN, kept), slope(r));
      v128.store(dRecurrent + j, past);
      v128.store(dInputSums + j, dR);
      v128.store(dInputSums + bytes + j, dZ);
      v128.store(dInputSums + 2 * bytes + j, dN);
      v128.store(dStateSums + j, dR);
      v128.store(dStateSums + bytes + j, dZ);
      v128.store(dStateSums + 2 * bytes + j, f32x4.mul(dN, r));
    }
    gates += 4 * bytes;
    dInputSums += 3 * bytes;
    dStateSums += 3 * bytes;
    previous += bytes;
    dOutput += bytes;
    dRecurrent += bytes;
  }
}
