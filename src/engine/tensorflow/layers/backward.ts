import { gateCount } from '../../../model/index.ts';
import type { NetworkSpecification } from '../../../model/index.ts';
import type { TensorId } from '../runtime/binding.ts';
import type { ForwardPass, LayerTrace, Window } from './forward.ts';
import type { Operations } from '../operations/operations.ts';
import type { Parameters } from './parameters.ts';
import { logitBiasGradients } from './logit-bias.ts';

/** The gradients of every parameter by name, in the shapes of `ParameterLayout`, from those of the logits [T·B, V]. */
export function gradientsOf(
  operations: Operations,
  specification: NetworkSpecification,
  parameters: Parameters,
  window: Window,
  pass: ForwardPass,
  dLogits: TensorId,
): ReadonlyMap<string, TensorId> {
  const { length: T, streams: B } = window;
  const { cell, units: H, vocabularySize: V } = specification;
  const GH = gateCount(cell) * H;
  const gradients = new Map<string, TensorId>();
  gradients.set('decoder.weight', operations.product(dLogits, pass.hidden, { a: true }));
  gradients.set('decoder.bias', columnSums(operations, dLogits, T * B, V));

  let dHidden = operations.product(dLogits, parameters.decoder);
  if (parameters.logitBias !== undefined) {
    const { logitBias: d } = window;
    if (d === undefined) {
      gradients.set('prior.weight', operations.constantFloats('zeros', [1, 1], 0));
      gradients.set('prior.gate', operations.constantFloats('zeros', [1, H], 0));
    } else {
      const sizes = { rows: T * B, symbols: V };
      const back = logitBiasGradients(operations, dLogits, d, pass.hidden, parameters.logitBias, sizes);
      gradients.set('prior.weight', back.gradients.weight);
      gradients.set('prior.gate', back.gradients.gate);
      dHidden = operations.add(dHidden, back.dHidden);
    }
  }
  let dBelow = operations.reshape(dHidden, [T, B, H]);
  for (let l = specification.layers - 1; l >= 0; l--) {
    const trace = pass.layers[l];
    const { input: ofInput, recurrent: ofState } = trace.pass.back(dBelow);
    gradients.set(`rnn.weight_hh_l${l}`, recurrentGradient(operations, trace, ofState, window, H));
    let dBias: TensorId;
    if (trace.x !== undefined) {
      gradients.set(`rnn.weight_ih_l${l}`, operations.product(trace.x, ofInput, { a: true }));
      dBias = columnSums(operations, ofInput, T * B, GH);
      const dX = operations.product(ofInput, trace.weights.input, { b: true });
      dBelow = operations.reshape(dX, [T, B, H]);
      if (trace.mask !== undefined) dBelow = operations.multiply(dBelow, trace.mask);
    } else {
      // All occurrences of a symbol have the same input, so their gradients are summed first: [V, GH].
      const bySymbol = operations.sumByNumber(ofInput, window.inputs, V);
      dBias = columnSums(operations, bySymbol, V, GH);
      if (parameters.embedding === undefined) {
        gradients.set('rnn.weight_ih_l0', bySymbol);
      } else {
        gradients.set('rnn.weight_ih_l0', operations.product(parameters.embedding, bySymbol, { a: true }));
        gradients.set('embedding.weight', operations.product(bySymbol, trace.weights.input, { b: true }));
      }
    }
    gradients.set(`rnn.bias_ih_l${l}`, dBias);
    const isShared = ofState === ofInput;
    gradients.set(`rnn.bias_hh_l${l}`, isShared ? dBias : columnSums(operations, ofState, T * B, GH));
  }
  return gradients;
}

/** The gradient of the recurrent weights [H, GH]: each step's outputs before it, transposed, times its gates. */
function recurrentGradient(
  operations: Operations,
  { before, pass }: LayerTrace,
  dGates: TensorId,
  { length: T, streams: B }: Window,
  H: number,
): TensorId {
  const first = operations.reshape(before.h, [1, B, H]);
  const earlier =
    T > 1 ? operations.concatenate([first, operations.slice(pass.outputs, [0, 0, 0], [T - 1, B, H])]) : first;
  return operations.product(operations.reshape(earlier, [T * B, H]), dGates, { a: true });
}

/** Sums of the columns of [R, n], as a product because TensorFlow's own reduction takes several times as long. */
function columnSums(operations: Operations, matrix: TensorId, R: number, n: number): TensorId {
  const ones = operations.constantFloats('ones', [R, 1], 1);
  return operations.reshape(operations.product(matrix, ones, { a: true }), [n]);
}
