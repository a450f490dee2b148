/** The sum of the squares of n floats, n a multiple of 4, added up in double precision. */
export function sumOfSquares(x: usize, n: i32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  const end = x + ((<usize>n) << 2);
  for (; x < end; x += 16) {
    const v = v128.load(x);
    const a = f64x2.promote_low_f32x4(v);
    const b = f64x2.promote_low_f32x4(i64x2.shuffle(v, v, 1, 1));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const both = f64x2.add(low, high);
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
}

/**
 * gain g + beta m: a moment with a further value in it.
 * @inline
 */
function moment(m: v128, beta: f32, g: v128, gain: f32): v128 {
  return f32x4.add(f32x4.mul(m, f32x4.splat(beta)), f32x4.mul(g, f32x4.splat(gain)));
}

/**
 * stepSize m / (sqrt(v) * inverseRoot + epsilon)
 * @inline
 */
function adamChange(m: v128, v: v128, stepSize: f32, inverseRoot: f32, epsilon: f32): v128 {
  const root = f32x4.add(f32x4.mul(f32x4.sqrt(v), f32x4.splat(inverseRoot)), f32x4.splat(epsilon));
  return f32x4.div(f32x4.mul(m, f32x4.splat(stepSize)), root);
}

/**
 * Adam (Kingma and Ba, 2015) on n floats, n a multiple of 8: w -= stepSize m / (sqrt(v) * inverseRoot + epsilon).
 * @param g gradients, multiplied by `scale` before use; left as they are.
 * @param m, v moments, updated: m = beta1 m + gain1 g, v = beta2 v + gain2 g^2, the gains being 1 - beta.
 * @param stepSize learning rate / (1 - beta1^t); inverseRoot = 1 / sqrt(1 - beta2^t).
 */
export function adam(
  w: usize,
  g: usize,
  m: usize,
  v: usize,
  n: i32,
  scale: f32,
  beta1: f32,
  gain1: f32,
  beta2: f32,
  gain2: f32,
  stepSize: f32,
  inverseRoot: f32,
  epsilon: f32,
): void {
  for (let j: usize = 0; j < (<usize>n) << 2; j += 32) {
    const d0 = f32x4.mul(v128.load(g + j), f32x4.splat(scale));
    const d1 = f32x4.mul(v128.load(g + j, 16), f32x4.splat(scale));
    const m0 = moment(v128.load(m + j), beta1, d0, gain1);
    const m1 = moment(v128.load(m + j, 16), beta1, d1, gain1);
    const v0 = moment(v128.load(v + j), beta2, f32x4.mul(d0, d0), gain2);
    const v1 = moment(v128.load(v + j, 16), beta2, f32x4.mul(d1, d1), gain2);
    const w0 = f32x4.sub(v128.load(w + j), adamChange(m0, v0, stepSize, inverseRoot, epsilon));
    const w1 = f32x4.sub(v128.load(w + j, 16), adamChange(m1, v1, stepSize, inverseRoot, epsilon));
    v128.store(m + j, m0);
    v128.store(m + j, m1, 16);
    v128.store(v + j, v0);
    v128.store(v + j, v1, 16);
    v128.store(w + j, w0);
    v128.store(w + j, w1, 16);
  }
}

/**
 * rate g / (sqrt(v) + epsilon)
 * @inline
 */
function rootChange(g: v128, v: v128, rate: f32, epsilon: f32): v128 {
  const root = f32x4.add(f32x4.sqrt(v), f32x4.splat(epsilon));
  return f32x4.div(f32x4.mul(g, f32x4.splat(rate)), root);
}

/**
 * RMSProp (Tieleman and Hinton, 2012) with alpha + gain = 1, Adagrad (Duchi et al., 2011) with alpha = gain = 1, on n
 * floats, n a multiple of 8: v = alpha v + gain g^2, then w -= rate g / (sqrt(v) + epsilon).
 * @param g gradients, multiplied by `scale` before use; left as they are.
 */
export function descendByRoot(
  w: usize,
  g: usize,
  v: usize,
  n: i32,
  scale: f32,
  alpha: f32,
  gain: f32,
  rate: f32,
  epsilon: f32,
): void {
  for (let j: usize = 0; j < (<usize>n) << 2; j += 32) {
    const d0 = f32x4.mul(v128.load(g + j), f32x4.splat(scale));
    const d1 = f32x4.mul(v128.load(g + j, 16), f32x4.splat(scale));
    const v0 = moment(v128.load(v + j), alpha, f32x4.mul(d0, d0), gain);
    const v1 = moment(v128.load(v + j, 16), alpha, f32x4.mul(d1, d1), gain);
    const w0 = f32x4.sub(v128.load(w + j), rootChange(d0, v0, rate, epsilon));
    const w1 = f32x4.sub(v128.load(w + j, 16), rootChange(d1, v1, rate, epsilon));
    v128.store(v + j, v0);
    v128.store(v + j, v1, 16);
    v128.store(w + j, w0);
    v128.store(w + j, w1, 16);
  }
}

/** w -= rate g, n floats each, n a multiple of 8. */
export function descend(w: usize, g: usize, n: i32, rate: f32): void {
  for (let j: usize = 0; j < (<usize>n) << 2; j += 32) {
    const w0 = f32x4.sub(v128.load(w + j), f32x4.mul(v128.load(g + j), f32x4.splat(rate)));
    const w1 = f32x4.sub(v128.load(w + j, 16), f32x4.mul(v128.load(g + j, 16), f32x4.splat(rate)));
    v128.store(w + j, w0);
    v128.store(w + j, w1, 16);
  }
}
