import type { TensorId } from '../runtime/binding.ts';
import type { LayerPass, LayerParts } from './layer.ts';
import type { Operations } from '../operations/operations.ts';

/** A layer of tanh units, step by step. */
export function rnnLayer(operations: Operations, { sizes, weights, before, input }: LayerParts): LayerPass {
  const { length: T, streams: B, units: H } = sizes;
  const bias = operations.add(weights.biasInput, weights.biasRecurrent);
  const sums = operations.reshape(operations.add(input.sums(), bias), [T, B, H]);
  const outputs: TensorId[] = [];
  let h = before.h;
  for (const ofInput of operations.unpack(sums, T)) {
    h = operations.tanh(operations.add(ofInput, operations.product(h, weights.recurrent)));
    outputs.push(h);
  }

  function back(dOutputs: TensorId) {
    const dOutput = operations.unpack(dOutputs, T);
    const recurrentTransposed = operations.transpose(weights.recurrent);
    const dGates = new Array<TensorId>(T);
    let dH = dOutput[T - 1];
    for (let t = T - 1; t >= 0; t--) {
      dGates[t] = operations.tanhGradient(outputs[t], dH);
      if (t > 0) dH = operations.add(dOutput[t - 1], operations.product(dGates[t], recurrentTransposed));
    }
    const rows = operations.reshape(operations.pack(dGates), [T * B, H]);
    return { input: rows, recurrent: rows };
  }

  return { outputs: operations.pack(outputs), state: { h }, back };
}
