import { expect } from 'vitest';
import type { Tensors } from '../../src/model/index.ts';

/** The largest |actual - expected|, as part of the L2 norm of expected; NaN if a NaN is not met by a NaN. */
export function relativeDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return NaN;
  let largest = 0;
  let squares = 0;
  for (let i = 0; i < expected.length; i++) {
    if (Number.isNaN(actual[i]) && Number.isNaN(expected[i])) continue;
    const difference = Math.abs(actual[i] - expected[i]);
    if (Number.isNaN(difference)) return NaN;
    largest = Math.max(largest, difference);
    squares += expected[i] ** 2;
  }
  return largest === 0 ? 0 : largest / Math.sqrt(squares);
}

/** Every tensor of `expected` is in `actual`, and no value differs by more than `tolerance` of its norm. */
export function expectTensorsClose(actual: Tensors, expected: Tensors, tolerance: number): void {
  expect([...actual.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [name, values] of expected) {
    const difference = relativeDifference(actual.get(name) ?? [], values);
    expect(difference, `${name} differs by ${difference} of its norm`).toBeLessThanOrEqual(tolerance);
  }
}

export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what = 'values',
): void {
  const difference = relativeDifference(actual, expected);
  expect(difference, `${what} differ by ${difference} of their norm`).toBeLessThanOrEqual(tolerance);
}

/** Same bits: NaN equals NaN only with the same payload, 0 is not -0. */
export function expectSameBits(actual: Tensors, expected: Tensors): void {
  expect([...actual.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [name, values] of expected) {
    const other = actual.get(name) ?? new Float32Array();
    const bytes = (x: Float32Array) => Buffer.from(x.buffer, x.byteOffset, x.byteLength);
    expect(bytes(other).equals(bytes(values)), `${name} has other bits`).toBe(true);
  }
}
