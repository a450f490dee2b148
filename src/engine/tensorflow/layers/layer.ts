import type { TensorId } from '../runtime/binding.ts';
import type { LayerWeights } from './parameters.ts';

/** A layer's state between windows, each [B, H]; c only for an LSTM. */
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

/** The input of a layer. The tensors are made when the functions are called, since each cell needs only one of them. */
export interface LayerInput {
  /** [T, B, I]. */
  readonly x: () => TensorId;
  /** [T·B, GH]: x times the input weights, without biases. */
  readonly sums: () => TensorId;
}

/** A layer's forward pass over a window, and its backward pass. */
export interface LayerPass {
  /** [T, B, H]. */
  readonly outputs: TensorId;
  /** The state after the window. */
  readonly state: LayerState;
  /** Computes the gradients of the gate pre-activations from those of the outputs [T, B, H]. */
  readonly back: (dOutputs: TensorId) => GateGradients;
}

/** Gradients [T·B, GH] each. They are the same tensor in cells whose gates add up input and state. */
export interface GateGradients {
  /** The gradient of the part that comes from the layer's input. */
  readonly input: TensorId;
  /** The gradient of the part that comes from the state. */
  readonly recurrent: TensorId;
}

export interface LayerParts {
  readonly sizes: LayerSizes;
  readonly weights: LayerWeights;
  readonly before: LayerState;
  readonly input: LayerInput;
}
