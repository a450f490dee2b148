import { parameterShapes } from '../specification.ts';
import type { NetworkSpecification } from '../specification.ts';
import type { Tensors } from '../tensors.ts';
import type { Optimizer, OptimizerState } from '../training-record.ts';

/** PyTorch's names of what each optimiser keeps for every parameter. */
const MOMENT_NAMES: Readonly<Record<Optimizer, readonly string[]>> = {
  adam: ['exp_avg', 'exp_avg_sq'],
  rmsprop: ['square_avg'],
  adagrad: ['sum'],
  sgd: [],
};

export const OPTIMIZER_NAMES = Object.keys(MOMENT_NAMES) as readonly Optimizer[];

export function momentNames(optimizer: Optimizer): readonly string[] {
  return MOMENT_NAMES[optimizer];
}

/** The optimiser that `<moment>.<parameter>` tensors belong to; no tensors belong to SGD. */
export function optimizerOf(tensors: Tensors): Optimizer {
  const [first = ''] = tensors.keys();
  const moment = first.slice(0, first.indexOf('.'));
  const found = OPTIMIZER_NAMES.find((name) => MOMENT_NAMES[name].includes(moment));
  return found ?? 'sgd';
}

/** The state of an optimiser that has taken no step: zero moments. */
export function initialOptimizerState(
  specification: NetworkSpecification,
  optimizer: Optimizer,
): OptimizerState {
  const tensors = new Map<string, Float32Array>();
  for (const moment of MOMENT_NAMES[optimizer]) {
    for (const [name, shape] of parameterShapes(specification)) {
      tensors.set(`${moment}.${name}`, new Float32Array(shape.reduce((a, b) => a * b, 1)));
    }
  }
  return { steps: 0, moments: tensors };
}
