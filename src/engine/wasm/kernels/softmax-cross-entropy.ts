import { exp, sum } from './vector-math';

/**
 * The largest value of a row; NaN if there is one.
 * @inline
 */
function rowMaximum(row: usize, bytes: usize): f32 {
  let m = v128.load(row);
  for (let j: usize = 16; j < bytes; j += 16) m = f32x4.max(m, v128.load(row + j));
  return max(
    max(f32x4.extract_lane(m, 0), f32x4.extract_lane(m, 1)),
    max(f32x4.extract_lane(m, 2), f32x4.extract_lane(m, 3)),
  );
}

/**
 * Replaces the logits by e^(logit - largest); returns their sum.
 * @inline
 */
function exponentials(row: usize, bytes: usize, largest: f32): f32 {
  const below = f32x4.splat(largest);
  for (let j: usize = 0; j < bytes; j += 32) exp(row + j, below);
  let sums = f32x4.splat(0);
  for (let j: usize = 0; j < bytes; j += 16) sums = f32x4.add(sums, v128.load(row + j));
  return sum(sums);
}

/** ln sum e^logit of [columns] logits, columns a multiple of 8; spoils the logits. NaN if there is one. */
export function logSumExp(logits: usize, columns: i32): f64 {
  const bytes = (<usize>columns) << 2;
  const largest = rowMaximum(logits, bytes);
  return Math.log(<f64>exponentials(logits, bytes, largest)) + <f64>largest;
}

/**
 * Softmax cross entropy of each row and its gradient. The row maximum is subtracted first, so nothing overflows
 * (Goodfellow, Bengio, Courville, Deep Learning, 2016, section 4.1). Columns beyond the vocabulary hold logits so
 * low that their probability is exactly 0.
 * @param logits [rows, columns], columns a multiple of 8; overwritten with (softmax - onehot(target)) * scale.
 * @param targets [rows] i32; a row with a negative one counts nothing and gets a zero gradient.
 * @returns the sum of the losses in nats; NaN if any counted row holds a NaN.
 */
export function crossEntropyAndGradient(
  logits: usize,
  targets: usize,
  rows: i32,
  columns: i32,
  scale: f32,
): f64 {
  const bytes = (<usize>columns) << 2;
  let loss: f64 = 0;
  for (let row = 0; row < rows; row++) {
    const target = i32.load(targets + ((<usize>row) << 2));
    if (target < 0) {
      memory.fill(logits, 0, bytes);
    } else {
      const largest = rowMaximum(logits, bytes);
      const atTarget = logits + ((<usize>target) << 2);
      const below: f64 = <f64>largest - <f64>f32.load(atTarget);
      const total = exponentials(logits, bytes, largest);
      loss += Math.log(<f64>total) + below;
      const factor = f32x4.splat(scale / total);
      for (let j: usize = 0; j < bytes; j += 32) {
        const p0 = f32x4.mul(v128.load(logits + j), factor);
        const p1 = f32x4.mul(v128.load(logits + j, 16), factor);
        v128.store(logits + j, p0);
        v128.store(logits + j, p1, 16);
      }
      f32.store(atTarget, f32.load(atTarget) - scale);
    }
    logits += bytes;
  }
  return loss;
}

/**
 * The same loss without its gradient; spoils the logits.
 * @param hits i32, increased by the number of counted rows whose target has the largest logit.
 */
export function crossEntropyAndHits(
  logits: usize,
  targets: usize,
  rows: i32,
  columns: i32,
  hits: usize,
): f64 {
  const bytes = (<usize>columns) << 2;
  let loss: f64 = 0;
  let found = 0;
  for (let row = 0; row < rows; row++) {
    const target = i32.load(targets + ((<usize>row) << 2));
    if (target >= 0) {
      const largest = rowMaximum(logits, bytes);
      const logit = f32.load(logits + ((<usize>target) << 2));
      loss += Math.log(<f64>exponentials(logits, bytes, largest)) + (<f64>largest - <f64>logit);
      if (logit === largest) found++;
    }
    logits += bytes;
  }
  i32.store(hits, i32.load(hits) + found);
  return loss;
}
