import type { NetworkSpecification } from '../../model/index.ts';
import type { TensorId } from './binding.ts';
import type { BlockOutputs, Operations } from './operations.ts';
import type { LayerWeights, Parameters } from './parameters.ts';
import { withPrior } from './prior.ts';

/** Cells and outputs of a layer between windows, each [B, H]. */
export interface LayerState {
  readonly c: TensorId;
  readonly h: TensorId;
}

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
  /** [T·B, V], see `priorTensor`; undefined without one. */
  readonly prior?: TensorId;
}

/** What a layer did in a window: what its way back needs. */
export interface LayerTrace {
  readonly weights: LayerWeights;
  /** [T, B, I]. */
  readonly x: TensorId;
  readonly before: LayerState;
  readonly outputs: BlockOutputs;
  /** The mask that its input went through, if any. */
  readonly mask: TensorId | undefined;
}

export interface ForwardPass {
  readonly layers: readonly LayerTrace[];
  /** The last layer's outputs [T·B, H]. */
  readonly hidden: TensorId;
  /** After the window. */
  readonly state: readonly LayerState[];
}

/** All layers over a window, from the carried state. */
export function runLayers(
  operations: Operations,
  { units: H, vocabularySize: V, embedding: E }: NetworkSpecification,
  parameters: Parameters,
  state: readonly LayerState[],
  window: Window,
): ForwardPass {
  const { length: T, streams: B, inputs, masks } = window;
  const symbols = parameters.oneHot
    ? operations.oneHot(inputs, V)
    : operations.gather(parameters.embedding!, inputs);
  let below = operations.reshape(symbols, [T, B, parameters.oneHot ? V : E]);
  const layers = parameters.layers.map((weights, l): LayerTrace => {
    const mask = l > 0 ? masks[l - 1] : undefined;
    const x = mask === undefined ? below : operations.multiply(below, mask);
    const before = state[l];
    const { both, bias } = weights;
    const outputs = operations.blockLstm(T, x, before.c, before.h, both, bias, H);
    below = outputs.h;
    return { weights, x, before, outputs, mask };
  });
  const last = (sequence: TensorId) =>
    operations.reshape(operations.slice(sequence, [T - 1, 0, 0], [1, B, H]), [B, H]);
  return {
    layers,
    hidden: operations.reshape(below, [T * B, H]),
    state: layers.map(({ outputs }) => ({ c: last(outputs.cs), h: last(outputs.h) })),
  };
}

/** Logits [R, V] of outputs [R, H], with a prior [R, V] if there is one. */
export function decode(
  operations: Operations,
  parameters: Parameters,
  hidden: TensorId,
  prior?: TensorId,
): TensorId {
  const logits = operations.add(
    operations.product(hidden, parameters.decoder, { b: true }),
    parameters.decoderBias,
  );
  return prior !== undefined && parameters.prior !== undefined
    ? withPrior(operations, logits, prior, hidden, parameters.prior)
    : logits;
}
