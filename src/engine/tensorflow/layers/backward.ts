import { gateCount } from '../../../model/index.ts';
import type { NetworkSpecification } from '../../../model/index.ts';
import type { TensorId } from '../runtime/binding.ts';
import type { ForwardPass, LayerTrace, Window } from './forward.ts';
import type { Operations } from '../operations/operations.ts';
import type { JointOutput, OutputLayer, Parameters } from './parameters.ts';
import { logitBiasGradients } from './logit-bias.ts';

/** The gradients of the logits [T·B, V] of each output layer. */
export interface LogitGradients {
  readonly alone: TensorId;
  /** Undefined without a logit bias. */
  readonly joint: TensorId | undefined;
}

/** The gradients of every parameter by name, in the shapes of `ParameterLayout`, from those of the logits. */
export function gradientsOf(
  operations: Operations,
  specification: NetworkSpecification,
  parameters: Parameters,
  window: Window,
  pass: ForwardPass,
  dLogits: LogitGradients,
): ReadonlyMap<string, TensorId> {
  const { length: T, streams: B } = window;
  const { cell, units: H, vocabularySize: V } = specification;
  const GH = gateCount(cell) * H;
  const sizes = { rows: T * B, symbols: V, units: H };
  const alone = outputLayerGradients(operations, dLogits.alone, pass.hidden, parameters.decoder, sizes);
  const gradients = new Map<string, TensorId>();
  gradients.set('decoder.weight', alone.gradients.weight);
  gradients.set('decoder.bias', alone.gradients.bias);

  let { dHidden } = alone;
  if (parameters.joint !== undefined) {
    const joint = jointGradients(operations, parameters.joint, window, pass, dLogits.joint, sizes);
    gradients.set('prior.decoder.weight', joint.decoder.weight);
    gradients.set('prior.decoder.bias', joint.decoder.bias);
    gradients.set('prior.weight', joint.logitBias.weight);
    gradients.set('prior.gate', joint.logitBias.gate);
    if (joint.dHidden !== undefined) dHidden = operations.add(dHidden, joint.dHidden);
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

/** Sizes of logits [rows, symbols] and of the outputs [rows, units] that they are computed from. */
interface OutputSizes {
  readonly rows: number;
  readonly symbols: number;
  readonly units: number;
}

/** From the gradient of an output layer's logits to those of its parameters and of the outputs [T·B, H]. */
function outputLayerGradients(
  operations: Operations,
  dLogits: TensorId,
  hidden: TensorId,
  { weight }: OutputLayer,
  { rows, symbols }: OutputSizes,
): { readonly gradients: OutputLayer; readonly dHidden: TensorId } {
  return {
    gradients: {
      weight: operations.product(dLogits, hidden, { a: true }),
      bias: columnSums(operations, dLogits, rows, symbols),
    },
    dHidden: operations.product(dLogits, weight),
  };
}

/** The same of the joint output; zeros, and nothing for the outputs, of a window without a logit bias. */
function jointGradients(
  operations: Operations,
  { decoder, logitBias }: JointOutput,
  { logitBias: d }: Window,
  { hidden }: ForwardPass,
  dLogits: TensorId | undefined,
  sizes: OutputSizes,
): JointOutput & { readonly dHidden: TensorId | undefined } {
  if (d === undefined || dLogits === undefined) {
    const { symbols: V, units: H } = sizes;
    const zeros = (...shape: number[]) => operations.constantFloats('zeros', shape, 0);
    return {
      decoder: { weight: zeros(V, H), bias: zeros(V) },
      logitBias: { weight: zeros(1, 1), gate: zeros(1, H) },
      dHidden: undefined,
    };
  }
  const ofDecoder = outputLayerGradients(operations, dLogits, hidden, decoder, sizes);
  const ofBias = logitBiasGradients(operations, dLogits, d, hidden, logitBias, sizes);
  return {
    decoder: ofDecoder.gradients,
    logitBias: ofBias.gradients,
    dHidden: operations.add(ofDecoder.dHidden, ofBias.dHidden),
  };
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
