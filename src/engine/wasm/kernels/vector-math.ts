// Exponential functions of four floats. exp(x) = 2^n e^r with n = round(x / ln 2) and |r| <= ln 2 / 2, n found by
// adding 1.5 * 2^23 (so that it stands in the low bits), ln 2 split in two so that n * LN2_HIGH is exact (Cody and
// Waite, Software Manual for the Elementary Functions, 1980); e^r - 1 is its Taylor polynomial of degree 7, whose
// remainder is below 6e-9 of it. Errors, tested over the intervals: see each function. NaN gives NaN.

const LOG2_E: f32 = 1.4426950408889634;
/** ln 2 to 15 bits. */
const LN2_HIGH: f32 = 0.693145751953125;
const LN2_LOW: f32 = 1.4286068203094172e-6;
const ROUNDER: f32 = 12582912;

/** round(x / ln 2), in the low bits of the result. */
// @ts-ignore: decorator
@inline
function roundedExponent(x: v128): v128 {
  return f32x4.add(f32x4.mul(x, f32x4.splat(LOG2_E)), f32x4.splat(ROUNDER));
}

/** e^r - 1 for r = x - n ln 2. */
// @ts-ignore: decorator
@inline
function expm1OfRemainder(x: v128, exponent: v128): v128 {
  const n = f32x4.sub(exponent, f32x4.splat(ROUNDER));
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(LN2_LOW)));
  let p = f32x4.splat(1.0 / 5040.0);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.0 / 720.0));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.0 / 120.0));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.0 / 24.0));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.0 / 6.0));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.5));
  return f32x4.add(r, f32x4.mul(f32x4.mul(r, r), p));
}

/** 2^n for -126 <= n <= 127. */
// @ts-ignore: decorator
@inline
function powerOfTwo(exponent: v128): v128 {
  return i32x4.add(i32x4.shl(exponent, 23), i32x4.splat(0x3f800000));
}

/** e^x - 1 for |x| <= 87. */
// @ts-ignore: decorator
@inline
function expm1(x: v128): v128 {
  const exponent = roundedExponent(x);
  const scale = powerOfTwo(exponent);
  return f32x4.add(f32x4.mul(expm1OfRemainder(x, exponent), scale), f32x4.sub(scale, f32x4.splat(1)));
}

/** e^x for x <= 88, relative error below 2e-7 where x >= -87; exactly 0 below -87. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const within = f32x4.pmax(x, f32x4.splat(-87));
  const exponent = roundedExponent(within);
  const scale = powerOfTwo(exponent);
  const result = f32x4.add(f32x4.mul(expm1OfRemainder(within, exponent), scale), scale);
  return v128.andnot(result, f32x4.lt(x, f32x4.splat(-87)));
}

/** 1 / (1 + e^-x), relative error below 2e-7 for |x| <= 87; beyond that as at the end of the interval. */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  const within = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-87)), f32x4.splat(87));
  return f32x4.div(f32x4.splat(1), f32x4.add(expm1(f32x4.neg(within)), f32x4.splat(2)));
}

/** tanh(x) = (e^2x - 1) / (e^2x + 1), relative error below 2e-7 for all x. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const within = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-10)), f32x4.splat(10));
  const e = expm1(f32x4.add(within, within));
  return f32x4.div(e, f32x4.add(e, f32x4.splat(2)));
}

/** The sum of the four lanes. */
// @ts-ignore: decorator
@inline
export function sum(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) +
    f32x4.extract_lane(x, 1) +
    (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}
