import type { TensorId } from '../runtime/binding.ts';
import type { LayerWeights } from './parameters.ts';

/** What a layer carries between windows, each [B, H]; c only for an LSTM. */
export interface LayerState {
  readonly h: TensorId;
  readonly c?: TensorId;
}

/** T, B, H. */
export interface LayerSizes {
  readonly length: number;
  readonly streams: number;
  readonly units: number;
}

/** What comes into a layer, made when asked for. */
export interface LayerInput {
  /** [T, B, I]. */
  readonly x: () => TensorId;
  /** [T·B, GH]: x times the input weights, without biases. */
  readonly sums: () => TensorId;
}

/** A layer over a window, there and back. */
export interface LayerPass {
  /** [T, B, H]. */
  readonly outputs: TensorId;
  /** After the window. */
  readonly state: LayerState;
  /** From the gradients of the outputs [T, B, H] to those of the gates before their functions. */
  readonly back: (dOutputs: TensorId) => GateGradients;
}

/** [T·B, GH] each; one and the same where a gate adds up what comes from below and from the step before. */
export interface GateGradients {
  /** Of the part that comes from the layer's inputs. */
  readonly input: TensorId;
  /** Of the part that comes from the state. */
  readonly recurrent: TensorId;
}

export interface LayerParts {
  readonly sizes: LayerSizes;
  readonly weights: LayerWeights;
  readonly before: LayerState;
  readonly input: LayerInput;
}
