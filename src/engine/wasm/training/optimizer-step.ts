import type { Update } from '../../engine.ts';
import type { Kernels } from '../kernels-interface.ts';

/** Byte offsets of a range of the parameters, and its length, a multiple of 8. */
export interface OptimizedRegion {
  readonly weights: number;
  readonly gradients: number;
  /** Adam's `exp_avg`, and the one moment of RMSProp or Adagrad. */
  readonly firstMoments: number;
  readonly secondMoments: number;
  readonly count: number;
}

/** Takes step `step` (from 1) of an optimiser on a range of the parameters. @param scale factor on the gradients. */
export function optimizerStep(
  kernels: Kernels,
  { optimizer, learningRate }: Update,
  step: number,
  scale: number,
  { weights, gradients, firstMoments, secondMoments, count }: OptimizedRegion,
): void {
  switch (optimizer.kind) {
    case 'adam': {
      const { beta1, beta2, epsilon } = optimizer;
      kernels.adam(
        weights,
        gradients,
        firstMoments,
        secondMoments,
        count,
        scale,
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        learningRate / (1 - beta1 ** step),
        1 / Math.sqrt(1 - beta2 ** step),
        epsilon,
      );
      break;
    }
    case 'rmsprop':
    case 'adagrad': {
      const [alpha, gain] = optimizer.kind === 'rmsprop' ? [optimizer.alpha, 1 - optimizer.alpha] : [1, 1];
      const { epsilon } = optimizer;
      kernels.descendByRoot(
        weights,
        gradients,
        firstMoments,
        count,
        scale,
        alpha,
        gain,
        learningRate,
        epsilon,
      );
      break;
    }
    case 'sgd':
      kernels.descend(weights, gradients, count, learningRate * scale);
      break;
  }
}
