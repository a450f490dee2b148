import type { OptimizerUpdate } from '../../engine/index.ts';
import type { Optimizer } from '../../model/index.ts';

/** With the constants of torch.optim. */
export const optimizerUpdates: Readonly<Record<Optimizer, OptimizerUpdate>> = {
  adam: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  rmsprop: { kind: 'rmsprop', alpha: 0.99, epsilon: 1e-8 },
  adagrad: { kind: 'adagrad', epsilon: 1e-10 },
  sgd: { kind: 'sgd' },
};
