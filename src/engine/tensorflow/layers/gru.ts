import type { TensorId } from '../runtime/binding.ts';
import type { LayerPass, LayerParts } from './layer.ts';
import type { Operations } from '../operations/operations.ts';

/** One time step, each [B, H]. */
interface Step {
  readonly r: TensorId;
  readonly z: TensorId;
  readonly n: TensorId;
  /** W_hn h + b_hn, which r multiplies. */
  readonly recurrent: TensorId;
  readonly before: TensorId;
  readonly h: TensorId;
}

/**
 * A layer of PyTorch's GRU, step by step. TensorFlow's GRUBlockCell is not used because it is another cell: its reset gate
 * acts before the recurrent product.
 */
export function gruLayer(operations: Operations, { sizes, weights, before, input }: LayerParts): LayerPass {
  const { length: T, streams: B, units: H } = sizes;
  const { add, multiply, subtract } = bound(operations);
  const sums = operations.reshape(add(input.sums(), weights.biasInput), [T, B, 3 * H]);
  const steps: Step[] = [];
  let h = before.h;
  for (const ofInput of operations.unpack(sums, T)) {
    const ofState = add(operations.product(h, weights.recurrent), weights.biasRecurrent);
    const [inputGates, inputN] = operations.split(ofInput, [2 * H, H], 1);
    const [stateGates, recurrent] = operations.split(ofState, [2 * H, H], 1);
    const [r, z] = operations.split(operations.sigmoid(add(inputGates, stateGates)), [H, H], 1);
    const n = operations.tanh(add(inputN, multiply(r, recurrent)));
    const next = add(n, multiply(z, subtract(h, n)));
    steps.push({ r, z, n, recurrent, before: h, h: next });
    h = next;
  }

  function back(dOutputs: TensorId) {
    const dOutput = operations.unpack(dOutputs, T);
    const recurrentTransposed = operations.transpose(weights.recurrent);
    const ofInput = new Array<TensorId>(T);
    const ofState = new Array<TensorId>(T);
    let dH = dOutput[T - 1];
    for (let t = T - 1; t >= 0; t--) {
      const { r, z, n, recurrent, before: earlier } = steps[t];
      const throughZ = multiply(dH, z);
      const dN = operations.tanhGradient(n, subtract(dH, throughZ));
      const dZ = operations.sigmoidGradient(z, multiply(dH, subtract(earlier, n)));
      const dR = operations.sigmoidGradient(r, multiply(dN, recurrent));
      ofInput[t] = operations.concatenate([dR, dZ, dN], 1);
      ofState[t] = operations.concatenate([dR, dZ, multiply(dN, r)], 1);
      if (t > 0) {
        dH = add(add(dOutput[t - 1], throughZ), operations.product(ofState[t], recurrentTransposed));
      }
    }
    const rows = (gradients: TensorId[]) => operations.reshape(operations.pack(gradients), [T * B, 3 * H]);
    return { input: rows(ofInput), recurrent: rows(ofState) };
  }

  return { outputs: operations.pack(steps.map((step) => step.h)), state: { h }, back };
}

function bound(operations: Operations) {
  return {
    add: (a: TensorId, b: TensorId) => operations.add(a, b),
    multiply: (a: TensorId, b: TensorId) => operations.multiply(a, b),
    subtract: (a: TensorId, b: TensorId) => operations.subtract(a, b),
  };
}
