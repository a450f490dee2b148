import type { AdamOptimizer } from '../engine.ts';

/** One parameter and its moments, all of one length. */
export interface AdamState {
  readonly weight: Float64Array;
  readonly expAvg: Float64Array;
  readonly expAvgSq: Float64Array;
}

/** Step `step` (from 1) of torch.optim.Adam, on all values of one parameter. */
export function adamStep(
  { weight, expAvg, expAvgSq }: AdamState,
  gradient: Float64Array,
  { beta1, beta2, epsilon }: AdamOptimizer,
  learningRate: number,
  step: number,
): void {
  const correction1 = 1 - beta1 ** step;
  const correction2 = 1 - beta2 ** step;
  gradient.forEach((g, i) => {
    expAvg[i] = beta1 * expAvg[i] + (1 - beta1) * g;
    expAvgSq[i] = beta2 * expAvgSq[i] + (1 - beta2) * g * g;
    const denominator = Math.sqrt(expAvgSq[i] / correction2) + epsilon;
    weight[i] -= (learningRate * (expAvg[i] / correction1)) / denominator;
  });
}
