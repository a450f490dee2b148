import { crossEntropy } from './softmax-cross-entropy.ts';
import type { CrossEntropy } from './softmax-cross-entropy.ts';

/** W [V, H] and b [V], or their gradients. */
export interface OutputLayerParameters {
  readonly weight: Float64Array;
  readonly bias: Float64Array;
}

/** A window's predictions by one output layer. */
export interface Output {
  /** [T, B, V]. */
  readonly logits: Float64Array;
  readonly entropy: CrossEntropy;
}

/**
 * The output for the last layer's outputs h [rows, H].
 * @param addToLogits changes the logits W h + b before they are compared with the targets.
 */
export function outputOf(
  h: Float64Array,
  { weight, bias }: OutputLayerParameters,
  targets: Int32Array,
  addToLogits: (logits: Float64Array) => void = () => undefined,
): Output {
  const V = bias.length;
  const H = weight.length / V;
  const logits = new Float64Array((h.length / H) * V);
  for (let row = 0; row < h.length / H; row++) {
    for (let v = 0; v < V; v++) {
      let sum = bias[v];
      for (let k = 0; k < H; k++) sum += weight[v * H + k] * h[row * H + k];
      logits[row * V + v] = sum;
    }
  }
  addToLogits(logits);
  return { logits, entropy: crossEntropy(logits, targets, V) };
}

/** The gradient of W h + b from that of the logits: of W and b, and added to dH that of h. */
export function outputLayerGradients(
  dLogits: Float64Array,
  h: Float64Array,
  dH: Float64Array,
  { weight, bias }: OutputLayerParameters,
): OutputLayerParameters {
  const V = bias.length;
  const H = weight.length / V;
  const gradients = { weight: new Float64Array(weight.length), bias: new Float64Array(V) };
  dLogits.forEach((d, at) => {
    const row = Math.floor(at / V);
    const v = at % V;
    gradients.bias[v] += d;
    for (let k = 0; k < H; k++) {
      gradients.weight[v * H + k] += d * h[row * H + k];
      dH[row * H + k] += d * weight[v * H + k];
    }
  });
  return gradients;
}
