import type { OptimizerUpdate } from '../engine.ts';
import type { TensorId } from './runtime/binding.ts';
import type { Operations } from './operations/operations.ts';

/** Parameters and their moments in the order of the moments' names, each a vector [N]. */
export interface OptimizedVectors {
  readonly weights: TensorId;
  readonly moments: readonly TensorId[];
}

/** Takes step `step` (from 1) of an optimiser as torch.optim defines it. */
export function optimizerStep(
  operations: Operations,
  optimizer: OptimizerUpdate,
  { weights, moments }: OptimizedVectors,
  gradient: TensorId,
  step: number,
  rate: number,
): OptimizedVectors {
  const times = (a: TensorId, factor: number) => operations.multiply(a, operations.scalar(factor));
  const plus = (a: TensorId, value: number) => operations.add(a, operations.scalar(value));
  const less = (change: TensorId) => operations.subtract(weights, change);
  const squares = () => operations.square(gradient);
  switch (optimizer.kind) {
    case 'adam': {
      // The bias corrections are folded into the rate and epsilon:
      // rate · (m / c1) / (√(v / c2) + ε) = (rate · √c2 / c1) · m / (√v + ε · √c2).
      const { beta1, beta2, epsilon } = optimizer;
      const correction1 = 1 - beta1 ** step;
      const correction2 = Math.sqrt(1 - beta2 ** step);
      const m = operations.add(times(moments[0], beta1), times(gradient, 1 - beta1));
      const v = operations.add(times(moments[1], beta2), times(squares(), 1 - beta2));
      const root = plus(operations.squareRoot(v), epsilon * correction2);
      const change = operations.divide(times(m, (rate * correction2) / correction1), root);
      return { weights: less(change), moments: [m, v] };
    }
    case 'rmsprop':
    case 'adagrad': {
      const kept = optimizer.kind === 'rmsprop' ? times(moments[0], optimizer.alpha) : moments[0];
      const added = optimizer.kind === 'rmsprop' ? times(squares(), 1 - optimizer.alpha) : squares();
      const v = operations.add(kept, added);
      const root = plus(operations.squareRoot(v), optimizer.epsilon);
      return { weights: less(operations.divide(times(gradient, rate), root)), moments: [v] };
    }
    case 'sgd':
      return { weights: less(times(gradient, rate)), moments: [] };
  }
}
