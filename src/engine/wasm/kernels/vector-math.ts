// Exponential functions of floats. e^x = 2^n e^r with n = round(x / ln 2) and |r| <= ln 2 / 2, n found by adding
// 1.5 * 2^23 (so that it stands in the low bits), ln 2 split in two so that n * LN2_HIGH is exact (Cody and Waite,
// Software Manual for the Elementary Functions, 1980); e^r - 1 is its Taylor polynomial of degree 7, whose remainder
// is below 6e-9 of it. Errors, tested over the intervals: see each function. NaN gives NaN.
//
// They work on eight values in memory, two vectors side by side. Constants are read from memory, once for both:
// V8 makes several instructions of a constant in the code wherever it is used, and one of such a read.
import { madd } from './simd-width';

const CONSTANTS: usize = memory.data<f32>([
  1.4426950408889634, // 1 / ln 2
  12582912, // 1.5 * 2^23
  -0.693145751953125, // -ln 2 to 15 bits
  -1.4286068203094172e-6, // what is left of it
  1.984126984126984e-4, // 1 / 7!
  1.388888888888889e-3,
  8.333333333333333e-3,
  4.1666666666666664e-2,
  0.16666666666666666,
  0.5,
  1,
  2,
  87, // limits of exponents
  -87,
  20,
  -20,
]);

/** @inline */
function constant(index: usize): v128 {
  return v128.load32_splat(CONSTANTS + (index << 2));
}

/**
 * e^r - 1 for r = x - n ln 2, n = shifted - shift.
 * @inline
 */
function expm1OfRemainder(
  x: v128,
  n: v128,
  high: v128,
  low: v128,
  p7: v128,
  p6: v128,
  p5: v128,
  p4: v128,
  p3: v128,
  p2: v128,
): v128 {
  const r = madd(n, low, madd(n, high, x));
  // Estrin's scheme: shorter chains than Horner's.
  const square = f32x4.mul(r, r);
  const high67 = madd(p7, r, p6);
  const high45 = madd(p5, r, p4);
  const low23 = madd(p3, r, p2);
  return madd(square, madd(square, madd(square, high67, high45), low23), r);
}

/**
 * 2^n for -126 <= n <= 127, n in the low bits; `one` is 1, whose bits are the exponent's bias.
 * @inline
 */
function powerOfTwo(n: v128, one: v128): v128 {
  return i32x4.add(i32x4.shl(n, 23), one);
}

/**
 * x limited to [min, max]; NaN stays NaN.
 * @inline
 */
function clamped(x: v128, min: v128, max: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, min), max);
}

/**
 * Eight values from `source` through a gate's function to `target`, which may be the same: with e = e^y - 1,
 * 1 / (e + 2) of y = -x is the sigmoid, e / (e + 2) of y = 2x the hyperbolic tangent.
 * @inline
 */
function activate(source: usize, target: usize, isTanh: bool): void {
  const inverse = constant(0);
  const shift = constant(1);
  const high = constant(2);
  const low = constant(3);
  const p7 = constant(4);
  const p6 = constant(5);
  const p5 = constant(6);
  const p4 = constant(7);
  const p3 = constant(8);
  const p2 = constant(9);
  const one = constant(10);
  const two = constant(11);
  const x0 = v128.load(source);
  const x1 = v128.load(source, 16);
  const max = constant(isTanh ? 14 : 12);
  const min = constant(isTanh ? 15 : 13);
  const y0 = clamped(isTanh ? f32x4.add(x0, x0) : f32x4.neg(x0), min, max);
  const y1 = clamped(isTanh ? f32x4.add(x1, x1) : f32x4.neg(x1), min, max);
  const shifted0 = madd(y0, inverse, shift);
  const shifted1 = madd(y1, inverse, shift);
  const n0 = f32x4.sub(shifted0, shift);
  const n1 = f32x4.sub(shifted1, shift);
  const e0 = expm1OfRemainder(y0, n0, high, low, p7, p6, p5, p4, p3, p2);
  const e1 = expm1OfRemainder(y1, n1, high, low, p7, p6, p5, p4, p3, p2);
  const scale0 = powerOfTwo(shifted0, one);
  const scale1 = powerOfTwo(shifted1, one);
  const expm10 = madd(e0, scale0, f32x4.sub(scale0, one));
  const expm11 = madd(e1, scale1, f32x4.sub(scale1, one));
  v128.store(target, f32x4.div(isTanh ? expm10 : one, f32x4.add(expm10, two)));
  v128.store(target, f32x4.div(isTanh ? expm11 : one, f32x4.add(expm11, two)), 16);
}

/**
 * 1 / (1 + e^-x), relative error below 2e-7 for |x| <= 87; beyond that as at the end of the interval.
 * @inline
 */
export function sigmoid(source: usize, target: usize): void {
  activate(source, target, false);
}

/**
 * tanh(x), relative error below 2e-7 for all x.
 * @inline
 */
export function tanh(source: usize, target: usize): void {
  activate(source, target, true);
}

/**
 * e^(x - below) of eight values, relative error below 2e-7 for differences from -87 to 88; exactly 0 below -87.
 * The result overwrites the values.
 * @inline
 */
export function exp(at: usize, below: v128): void {
  const inverse = constant(0);
  const shift = constant(1);
  const high = constant(2);
  const low = constant(3);
  const p7 = constant(4);
  const p6 = constant(5);
  const p5 = constant(6);
  const p4 = constant(7);
  const p3 = constant(8);
  const p2 = constant(9);
  const x0 = f32x4.sub(v128.load(at), below);
  const x1 = f32x4.sub(v128.load(at, 16), below);
  const one = constant(10);
  const min = constant(13);
  const y0 = f32x4.pmax(x0, min);
  const y1 = f32x4.pmax(x1, min);
  const shifted0 = madd(y0, inverse, shift);
  const shifted1 = madd(y1, inverse, shift);
  const n0 = f32x4.sub(shifted0, shift);
  const n1 = f32x4.sub(shifted1, shift);
  const e0 = expm1OfRemainder(y0, n0, high, low, p7, p6, p5, p4, p3, p2);
  const e1 = expm1OfRemainder(y1, n1, high, low, p7, p6, p5, p4, p3, p2);
  const scale0 = powerOfTwo(shifted0, one);
  const scale1 = powerOfTwo(shifted1, one);
  v128.store(at, v128.andnot(madd(e0, scale0, scale0), f32x4.lt(x0, min)));
  v128.store(at, v128.andnot(madd(e1, scale1, scale1), f32x4.lt(x1, min)), 16);
}

/**
 * The sum of the four lanes.
 * @inline
 */
export function sum(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) +
    f32x4.extract_lane(x, 1) +
    (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}
