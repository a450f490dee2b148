import { tanh } from '../vector-math';

/** The pointwise part of n tanh units, n a multiple of 8: output = tanh(sums); may be the same. */
export function rnnForward(sums: usize, output: usize, n: i32): void {
  for (let j: usize = 0; j < (<usize>n) << 2; j += 32) tanh(sums + j, output + j);
}

/** The gradient of `rnnForward`: dSums = (dOutput + dRecurrent) (1 - output^2). */
export function rnnBackward(output: usize, dSums: usize, dOutput: usize, dRecurrent: usize, n: i32): void {
  const one = f32x4.splat(1);
  for (let j: usize = 0; j < (<usize>n) << 2; j += 32) {
    const h0 = v128.load(output + j);
    const h1 = v128.load(output + j, 16);
    const d0 = f32x4.add(v128.load(dOutput + j), v128.load(dRecurrent + j));
    const d1 = f32x4.add(v128.load(dOutput + j, 16), v128.load(dRecurrent + j, 16));
    const s0 = f32x4.mul(d0, f32x4.sub(one, f32x4.mul(h0, h0)));
    const s1 = f32x4.mul(d1, f32x4.sub(one, f32x4.mul(h1, h1)));
    v128.store(dSums + j, s0);
    v128.store(dSums + j, s1, 16);
  }
}
