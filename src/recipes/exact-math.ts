/*
 * exp and tanh from correctly rounded operations alone, so that they give the same bits everywhere. A library's own
 * differ in the last digit, and the classic loop multiplies such a difference by ten at each of its first steps.
 */

const LOG2_E = 1.4426950408889634;
/** ln 2 in two parts; products of the first with whole numbers below 2²⁰ are exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** 1/n! for n from 13 down to 0: the remainder of the series is below 1e-16 for |r| ≤ ln 2 / 2. */
const COEFFICIENTS = [
  1 / 6227020800,
  1 / 479001600,
  1 / 39916800,
  1 / 3628800,
  1 / 362880,
  1 / 40320,
  1 / 5040,
  1 / 720,
  1 / 120,
  1 / 24,
  1 / 6,
  1 / 2,
  1,
  1,
];
/** Powers of two from 2^-1022 to 2^1023. */
const POWERS = powersOfTwo();

/** eˣ for x from -708 to 709, with a relative error below 1e-15. */
export function exp(x: number): number {
  const k = Math.floor(x * LOG2_E + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 0;
  for (const coefficient of COEFFICIENTS) sum = sum * r + coefficient;
  return sum * POWERS[k + 1022];
}

/** Hyperbolic tangent with an absolute error below 1e-15. */
export function tanh(x: number): number {
  const size = Math.min(Math.abs(x), 20);
  const value = 1 - 2 / (exp(2 * size) + 1);
  return x < 0 ? -value : value;
}

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2046);
  powers[1022] = 1;
  for (let i = 1; i <= 1022; i++) powers[1022 - i] = powers[1023 - i] / 2;
  for (let i = 1; i <= 1023; i++) powers[1022 + i] = powers[1021 + i] * 2;
  return powers;
}
