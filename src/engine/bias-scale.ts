import type { NetworkSpecification, Tensors } from '../model/index.ts';
import type { Stepper } from './engine.ts';

/** `Stepper.biasScale` of a network with these weights; undefined for a network without a prior. */
export function biasScaleOf(
  { prior = false, layers: L, units: H }: NetworkSpecification,
  weights: Tensors,
): Stepper['biasScale'] {
  if (!prior) return undefined;
  const [weight] = required(weights, 'prior.weight', 1);
  const gate = required(weights, 'prior.gate', H).slice();
  const first = (L - 1) * H;
  return (state) => {
    let sum = weight;
    for (let k = 0; k < H; k++) sum += gate[k] * state[first + k];
    return sum;
  };
}

function required(weights: Tensors, name: string, size: number): Float32Array {
  const values = weights.get(name);
  if (values?.length !== size) {
    throw new RangeError(`${name} has ${values?.length ?? 0} values instead of ${size}`);
  }
  return values;
}
