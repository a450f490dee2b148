import type { NetworkSpecification } from '../../../model/index.ts';
import type { TensorId } from '../runtime/binding.ts';
import { gruLayer } from './gru.ts';
import type { LayerInput, LayerPass, LayerState } from './layer.ts';
import { lstmLayer } from './lstm.ts';
import type { Operations } from '../operations/operations.ts';
import type { JointOutput, LayerWeights, OutputLayer, Parameters } from './parameters.ts';
import { addLogitBias } from './logit-bias.ts';
import { rnnLayer } from './rnn.ts';

/** A window's symbols and masks inside TensorFlow. */
export interface Window {
  /** T. */
  readonly length: number;
  /** B. */
  readonly streams: number;
  /** [T·B] symbols. */
  readonly inputs: TensorId;
  /** [T, B, H] for each boundary between layers, or none. */
  readonly masks: readonly TensorId[];
  /** The dense logit bias [T·B, V]; undefined without one. */
  readonly logitBias?: TensorId;
}

/** What the backward pass of a layer needs of its forward pass. */
export interface LayerTrace {
  readonly weights: LayerWeights;
  readonly pass: LayerPass;
  readonly before: LayerState;
  /** The layer's input [T·B, H]; undefined for layer 0. */
  readonly x: TensorId | undefined;
  /** The dropout mask of the input, if any. */
  readonly mask: TensorId | undefined;
}

export interface ForwardPass {
  readonly layers: readonly LayerTrace[];
  /** The last layer's outputs [T·B, H]. */
  readonly hidden: TensorId;
  /** The state after the window. */
  readonly state: readonly LayerState[];
}

const LAYER_BY_CELL = { lstm: lstmLayer, gru: gruLayer, rnn: rnnLayer } as const;

/** Runs all layers over a window, starting from the carried state. */
export function runLayers(
  operations: Operations,
  specification: NetworkSpecification,
  parameters: Parameters,
  state: readonly LayerState[],
  window: Window,
): ForwardPass {
  const { length: T, streams: B, masks } = window;
  const { units: H } = specification;
  const sizes = { length: T, streams: B, units: H };
  let below: TensorId | undefined;
  const layers = parameters.layers.map((weights, l): LayerTrace => {
    const mask = l > 0 ? masks[l - 1] : undefined;
    let input = symbolInput(operations, specification, parameters, window);
    let x: TensorId | undefined;
    if (below !== undefined) {
      const sequence = mask === undefined ? below : operations.multiply(below, mask);
      const rows = (x = operations.reshape(sequence, [T * B, H]));
      input = { x: () => sequence, sums: () => operations.product(rows, weights.input) };
    }
    const before = state[l];
    const pass = LAYER_BY_CELL[specification.cell](operations, { sizes, weights, before, input });
    below = pass.outputs;
    return { weights, pass, before, x, mask };
  });
  return {
    layers,
    hidden: operations.reshape(below!, [T * B, H]),
    state: layers.map(({ pass }) => pass.state),
  };
}

/** The input of layer 0: a symbol's row of the embedding, or of the input weights if symbols are one-hot. */
function symbolInput(
  operations: Operations,
  { embedding: E, vocabularySize: V }: NetworkSpecification,
  { embedding, oneHot, layers: [{ rows }] }: Parameters,
  { length: T, streams: B, inputs }: Window,
): LayerInput {
  if (oneHot || embedding === undefined) {
    return {
      x: () => operations.reshape(operations.oneHot(inputs, V), [T, B, V]),
      sums: () => operations.gather(rows, inputs),
    };
  }
  const vectors = () => operations.gather(embedding, inputs);
  return {
    x: () => operations.reshape(vectors(), [T, B, E]),
    sums: () => operations.product(vectors(), rows),
  };
}

/** The logits [R, V] of outputs [R, H]. */
export function decode(operations: Operations, { weight, bias }: OutputLayer, hidden: TensorId): TensorId {
  return operations.add(operations.product(hidden, weight, { b: true }), bias);
}

/** The joint logits [R, V] of outputs [R, H]. @param bias the dense logit bias [R, V]. */
export function decodeJointly(
  operations: Operations,
  { decoder, logitBias }: JointOutput,
  hidden: TensorId,
  bias: TensorId,
): TensorId {
  return addLogitBias(operations, decode(operations, decoder, hidden), bias, hidden, logitBias);
}
