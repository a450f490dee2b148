import type { OptimizerUpdate } from '../engine.ts';

/** One parameter and its moments in the order of their names, all of one length. */
export interface OptimizedParameter {
  readonly weight: Float64Array;
  readonly moments: readonly Float64Array[];
}

/** Takes step `step` (from 1) of an optimiser as torch.optim defines it, on all values of one parameter. */
export function optimizerStep(
  optimizer: OptimizerUpdate,
  { weight, moments: [first, second] }: OptimizedParameter,
  gradient: Float64Array,
  learningRate: number,
  step: number,
): void {
  switch (optimizer.kind) {
    case 'adam': {
      const { beta1, beta2, epsilon } = optimizer;
      const correction1 = 1 - beta1 ** step;
      const correction2 = 1 - beta2 ** step;
      gradient.forEach((g, i) => {
        first[i] = beta1 * first[i] + (1 - beta1) * g;
        second[i] = beta2 * second[i] + (1 - beta2) * g * g;
        const denominator = Math.sqrt(second[i] / correction2) + epsilon;
        weight[i] -= (learningRate * (first[i] / correction1)) / denominator;
      });
      break;
    }
    case 'rmsprop':
      gradient.forEach((g, i) => {
        first[i] = optimizer.alpha * first[i] + (1 - optimizer.alpha) * g * g;
        weight[i] -= (learningRate * g) / (Math.sqrt(first[i]) + optimizer.epsilon);
      });
      break;
    case 'adagrad':
      gradient.forEach((g, i) => {
        first[i] += g * g;
        weight[i] -= (learningRate * g) / (Math.sqrt(first[i]) + optimizer.epsilon);
      });
      break;
    case 'sgd':
      gradient.forEach((g, i) => {
        weight[i] -= learningRate * g;
      });
      break;
  }
}
