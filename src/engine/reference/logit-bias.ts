import type { LogitBias } from '../engine.ts';

/** w [1] and g [H], or their gradients. */
export interface LogitBiasParameters {
  readonly weight: Float64Array;
  readonly gate: Float64Array;
}

/** Adds (w + g·h) d to the logits [rows, V] of the symbols in a logit bias. @param h [rows, H]. */
export function addLogitBias(
  logits: Float64Array,
  h: Float64Array,
  { entries: K, symbols, values }: LogitBias,
  { weight, gate }: LogitBiasParameters,
): void {
  const H = gate.length;
  const rows = h.length / H;
  const V = logits.length / rows;
  for (let row = 0; row < rows; row++) {
    let factor = weight[0];
    for (let k = 0; k < H; k++) factor += gate[k] * h[row * H + k];
    for (let i = row * K; i < (row + 1) * K; i++) {
      if (symbols[i] >= 0) logits[row * V + symbols[i]] += factor * values[i];
    }
  }
}

/** The gradients of w and g from those of the logits; adds what the bias contributes to the gradient of h to `dH`. */
export function logitBiasGradients(
  dLogits: Float64Array,
  h: Float64Array,
  dH: Float64Array,
  { entries: K, symbols, values }: LogitBias,
  { gate }: LogitBiasParameters,
): LogitBiasParameters {
  const H = gate.length;
  const rows = h.length / H;
  const V = dLogits.length / rows;
  const gradients = { weight: new Float64Array(1), gate: new Float64Array(H) };
  for (let row = 0; row < rows; row++) {
    let dFactor = 0;
    for (let i = row * K; i < (row + 1) * K; i++) {
      if (symbols[i] >= 0) dFactor += values[i] * dLogits[row * V + symbols[i]];
    }
    gradients.weight[0] += dFactor;
    for (let k = 0; k < H; k++) {
      gradients.gate[k] += dFactor * h[row * H + k];
      dH[row * H + k] += dFactor * gate[k];
    }
  }
  return gradients;
}
