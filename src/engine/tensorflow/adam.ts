import type { AdamOptimizer } from '../engine.ts';
import type { TensorId } from './binding.ts';
import type { Operations } from './operations.ts';

/** Parameters and their moments, each a vector [N]. */
export interface AdamVectors {
  readonly weights: TensorId;
  readonly first: TensorId;
  readonly second: TensorId;
}

/**
 * Step `step` (from 1) of torch.optim.Adam. The corrections of the moments go into the rate and epsilon:
 * rate · (m / c1) / (√(v / c2) + ε) = (rate · √c2 / c1) · m / (√v + ε · √c2).
 * @param scale of the gradient, by clipping.
 */
export function adamStep(
  operations: Operations,
  { weights, first, second }: AdamVectors,
  gradient: TensorId,
  { beta1, beta2, epsilon }: AdamOptimizer,
  step: number,
  rate: number,
  scale: number,
): AdamVectors {
  const times = (a: TensorId, factor: number) => operations.multiply(a, operations.scalar(factor));
  const clipped = scale === 1 ? gradient : times(gradient, scale);
  const correction1 = 1 - beta1 ** step;
  const correction2 = Math.sqrt(1 - beta2 ** step);
  const m = operations.add(times(first, beta1), times(clipped, 1 - beta1));
  const v = operations.add(times(second, beta2), times(operations.square(clipped), 1 - beta2));
  const root = operations.add(operations.squareRoot(v), operations.scalar(epsilon * correction2));
  const change = operations.divide(times(m, (rate * correction2) / correction1), root);
  return { weights: operations.subtract(weights, change), first: m, second: v };
}
