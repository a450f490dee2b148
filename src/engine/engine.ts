import type { NetworkSpecification, OptimizerState, Tensors } from '../model/index.ts';
import type { AdaptiveOutput } from './adaptive-output.ts';

export type EngineName = 'wasm' | 'tensorflow' | 'reference';

/**
 * What a memory thinks of the next symbols of a window: of each row (t, b) its K largest predictions, as
 * d = log p(symbol) - log of the least probability it gives any, in nats. All other symbols have d = 0: what the
 * floor adds to every logit, the softmax takes away again.
 */
export interface LogitBias {
  /** K, 1 to 32. */
  readonly entries: number;
  /** [T, B, K] symbol ids; a negative one is an entry not used. A symbol named twice in a row gets the sum. */
  readonly symbols: Int32Array;
  /** [T, B, K] d, finite and not negative; of entries that are not used, anything. */
  readonly values: Float32Array;
}

/** A window of B parallel streams, time-major: value (t, b) of a [T, B] array stands at t·B + b. */
export interface Batch {
  /** T of this window; at most the limit the network was made with. */
  readonly sequenceLength: number;
  /** [T, B] symbol ids in [0, V). */
  readonly inputs: Int32Array;
  /** [T, B] symbol ids to predict; a negative one is not counted: no loss, no gradient. */
  readonly targets: Int32Array;
  /**
   * One mask [T, B, H] for each of the L-1 boundaries between layers, holding 0 or 1/(1-p); the output of layer
   * l is multiplied by mask l on its way into layer l+1. Left out: no dropout. Only for networks whose
   * specification has dropout; `evaluate` and `logits` ignore them.
   */
  readonly dropoutMasks?: readonly Float32Array[];
  /**
   * Added to the logits, (w + g·h) d to each symbol's, h being the last layer's output. Left out: d is 0 for all.
   * Only for networks whose specification has a prior; counts in every call.
   */
  readonly logitBias?: LogitBias;
}

/** How one optimiser step changes the weights. */
export interface Update {
  readonly optimizer: OptimizerUpdate;
  readonly learningRate: number;
  /** Gradients are scaled down when their global L2 norm is above this; Infinity leaves them. */
  readonly clipNorm: number;
}

/** The optimisers of torch.optim with these names, without momentum, weight decay and their further options. */
export type OptimizerUpdate = AdamOptimizer | RmsPropOptimizer | AdagradOptimizer | SgdOptimizer;

/** Kingma and Ba, 2015, with bias correction. */
export interface AdamOptimizer {
  readonly kind: 'adam';
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** Tieleman and Hinton, 2012: `square_avg` = α `square_avg` + (1 - α) g², w -= rate · g / (√`square_avg` + ε). */
export interface RmsPropOptimizer {
  readonly kind: 'rmsprop';
  readonly alpha: number;
  readonly epsilon: number;
}

/** Duchi, Hazan and Singer, 2011: `sum` += g², w -= rate · g / (√`sum` + ε). */
export interface AdagradOptimizer {
  readonly kind: 'adagrad';
  readonly epsilon: number;
}

/** w -= rate · g. */
export interface SgdOptimizer {
  readonly kind: 'sgd';
}

export interface StepResult {
  /** Mean over the counted targets, nats per symbol, before the update; 0 if none counts. */
  readonly loss: number;
  /** Global L2 norm of the gradient of that mean, before clipping. */
  readonly gradientNorm: number;
}

export interface Evaluation {
  /** Sum over the counted targets, nats. */
  readonly loss: number;
  /** Counted targets. */
  readonly count: number;
  /** Counted targets that had the largest logit. */
  readonly correct: number;
}

/**
 * A network with weights, gradients, optimiser moments and the hidden state carried from window to window.
 * Synchronous: it runs in a process of its own. Nothing in it is random. Reads return copies.
 */
export interface TrainableNetwork {
  readonly specification: NetworkSpecification;
  /** B of every batch. */
  readonly batchSize: number;

  setWeights(weights: Tensors): void;
  weights(): Tensors;
  /** Moments of any optimiser; at first they are Adam's, zero. */
  setOptimizerState(state: OptimizerState): void;
  optimizerState(): OptimizerState;
  /** Carried state: `h`, and `c` for LSTM, each [L, B, H]. */
  setState(state: Tensors): void;
  state(): Tensors;
  /** Zeroes the carried state. */
  resetState(): void;

  /**
   * Forward, truncated back-propagation through the window, clipping, one optimiser step; carries the state.
   * When the loss or the gradient is not finite it is returned as it is, and weights and moments stay as they
   * were; the carried state is then of no use. A step with another optimiser than the moments belong to begins
   * with moments of zero, as its first.
   */
  trainStep(batch: Batch, update: Update): StepResult;
  /** Loss and its gradient with respect to every parameter, without changing anything but the carried state. */
  gradients(batch: Batch): { readonly loss: number; readonly gradients: Tensors };
  /** Forward alone, without dropout; carries the state. */
  evaluate(batch: Batch): Evaluation;
  /** [T, B, V] logits of a window, without dropout; carries the state. For tests and tools. */
  logits(batch: Batch): Float32Array;

  dispose(): void;
}

/** A network that reads one stream symbol by symbol and says what may come next; used for sampling. */
export interface Stepper {
  readonly specification: NetworkSpecification;
  /**
   * Floats in a hidden state: everything needed to go on from a point. All zero at the start of a file. The same
   * for every engine: h [L, H], then for LSTM c [L, H].
   */
  readonly stateSize: number;
  /**
   * Feeds `symbols` in order, beginning from `state`, which is updated in place, and writes the logits [V] for
   * the symbol after the last one into `logits`. No symbols: the logits of the state as it is (its last output).
   */
  feed(symbols: ArrayLike<number>, state: Float32Array, logits: Float32Array): void;
  /**
   * What a prior's d (see `Prior`) is multiplied by before it is added to the logits that `feed` wrote, which know
   * of none: w + g·h of a state. Absent for networks without a prior.
   */
  readonly biasScale?: (state: Float32Array) => number;
  dispose(): void;
}

export interface Engine {
  readonly name: EngineName;
  /** How it computes here, for the log and the model's record; a short phrase. */
  readonly details?: string;
  /**
   * @param limits B of every batch and the largest T.
   * @throws UserFacingError where this engine cannot run the network (cell, memory), in one sentence.
   */
  createNetwork(
    specification: NetworkSpecification,
    limits: { readonly batchSize: number; readonly sequenceLength: number },
  ): Promise<TrainableNetwork>;
  createStepper(specification: NetworkSpecification, weights: Tensors): Promise<Stepper>;
}

/** An engine that can go on learning from a text while it reads it. */
export interface AdaptiveEngine extends Engine {
  createAdaptiveOutput(specification: NetworkSpecification, weights: Tensors): Promise<AdaptiveOutput>;
}
