import type { NetworkSpecification, OptimizerState, Tensors } from '../model/index.ts';
import type { AdaptiveOutput } from './adaptive-output.ts';

export type EngineName = 'wasm' | 'tensorflow' | 'reference';

/**
 * A sparse bias on the logits of a window, from another predictor: K pairs (symbol, d) for each row (t, b), with
 * d = ln p(symbol) - ln p_min in nats, p_min being the smallest probability that predictor gives any symbol. All other
 * symbols have d = 0; the constant ln p_min cancels in the softmax. The network scales d; see `Batch.logitBias`.
 */
export interface LogitBias {
  /** K, 1 to 32. */
  readonly entries: number;
  /** [T, B, K] symbol ids. A negative id marks an unused entry; a symbol that appears twice in a row gets the sum. */
  readonly symbols: Int32Array;
  /** [T, B, K] d, finite and not negative. The values of unused entries are ignored. */
  readonly values: Float32Array;
}

/** The sizes of a network's batches. */
export interface BatchLimits {
  /** B of every batch. */
  readonly batchSize: number;
  /** The largest T. */
  readonly sequenceLength: number;
}

/** A window of B parallel streams, time-major: value (t, b) of a [T, B] array has the index t·B + b. */
export interface Batch {
  /** T of this window, at most the limit that the network was created with. */
  readonly sequenceLength: number;
  /** [T, B] symbol ids in [0, V). */
  readonly inputs: Int32Array;
  /** [T, B] symbol ids to predict. A negative id is not counted: it adds no loss and no gradient. */
  readonly targets: Int32Array;
  /**
   * One mask [T, B, H] for each of the L-1 boundaries between layers, holding 0 or 1/(1-p): layer l+1 reads the output
   * of layer l times mask l. Undefined means no dropout. Only for networks whose specification has dropout; `evaluate`
   * and `logits` ignore the masks.
   */
  readonly dropoutMasks?: readonly Float32Array[];
  /**
   * Adds (w + g·h) d to the logits of the joint output layer, w and g being parameters of the network (`prior.weight`,
   * `prior.gate`) and h the last layer's output. Undefined means that the alone output layer predicts and learns by
   * itself. Only for networks whose specification has a prior; it applies in every call.
   */
  readonly logitBias?: LogitBias;
}

/** How one optimiser step changes the weights. */
export interface Update {
  readonly optimizer: OptimizerUpdate;
  readonly learningRate: number;
  /** Gradients are scaled down to this global L2 norm when theirs is larger; Infinity never scales. */
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
  /** Mean loss of the alone output layer over the counted targets before the update, in nats per symbol; 0 if no target counts. */
  readonly loss: number;
  /** The same of the joint output layer; undefined without a logit bias. */
  readonly jointLoss?: number;
  /** Global L2 norm of the gradient (see `Gradients`) before clipping. */
  readonly gradientNorm: number;
}

/** The losses of a `StepResult`, and the gradient of `loss` + JOINT_LOSS_WEIGHT · `jointLoss`. */
export interface Gradients extends Pick<StepResult, 'loss' | 'jointLoss'> {
  /** By the names of the parameters. Those of `prior.*` are 0 without a logit bias. */
  readonly gradients: Tensors;
}

/** How well one output layer predicts. */
export interface Score {
  /** Sum of the losses over the counted targets, in nats. */
  readonly loss: number;
  /** Number of counted targets that had the largest logit. */
  readonly correct: number;
}

/** The score of the alone output layer. */
export interface Evaluation extends Score {
  /** Counted targets. */
  readonly count: number;
  /** The score of the joint output layer; absent without a logit bias. */
  readonly joint?: Score;
}

/**
 * A network with weights, gradients, optimiser moments and the hidden state that it carries from window to window.
 * Its calls are synchronous, because it runs in a process of its own. It is deterministic. Getters return copies.
 */
export interface TrainableNetwork {
  readonly specification: NetworkSpecification;
  /** B of every batch. */
  readonly batchSize: number;

  setWeights(weights: Tensors): void;
  weights(): Tensors;
  /** Replaces the moments, of whichever optimiser. A new network has those of Adam, all zero. */
  setOptimizerState(state: OptimizerState): void;
  optimizerState(): OptimizerState;
  /** Replaces the carried state: `h`, and `c` of an LSTM, each [L, B, H]. */
  setState(state: Tensors): void;
  state(): Tensors;
  /** Zeroes the carried state. */
  resetState(): void;

  /**
   * Runs forward, truncated back-propagation through the window, clipping and one optimiser step; carries the state.
   * Losses or a gradient that are not finite are returned as they are and change neither weights nor moments, but they
   * leave the carried state unusable. A step with another optimiser than that of the moments starts from zero moments.
   * Without a logit bias the parameters `prior.*` and their moments stay as they are, as in PyTorch, whose optimisers
   * pass over what has no gradient: what is left of earlier steps' moments would move them away from the last layer.
   */
  trainStep(batch: Batch, update: Update): StepResult;
  /** Computes the losses and their gradient with respect to every parameter. Changes nothing but the carried state. */
  gradients(batch: Batch): Gradients;
  /** Runs forward without dropout; carries the state. */
  evaluate(batch: Batch): Evaluation;

  dispose(): void;
}

/** A network whose logits can be read. All engines make such networks; tests compare them. */
export interface InspectableNetwork extends TrainableNetwork {
  /**
   * Runs forward without dropout; carries the state.
   * @returns the logits [T, B, V], joint ones if the batch has a logit bias, otherwise those of the alone output layer.
   */
  logits(batch: Batch): Float32Array;
}

/** A network that reads one stream symbol by symbol and predicts the next one; used for sampling and suggestions. */
export interface Stepper {
  readonly specification: NetworkSpecification;
  /**
   * Length of a hidden state, which is all that is needed to read on from a position. A file starts with zeros. The
   * layout is that of every engine: h [L, H], then c [L, H] of an LSTM.
   */
  readonly stateSize: number;
  /**
   * Reads `symbols` in order from `state`, which is updated in place, and writes the logits [V] that the alone output
   * layer gives the symbol after the last one into `logits`. Without symbols it writes the logits of `state` as it is.
   * @param logits left out: not computed.
   */
  feed(symbols: ArrayLike<number>, state: Float32Array, logits?: Float32Array): void;
  /**
   * The scale w + g·h of a logit bias (see `LogitBias`) in a state. The caller adds the scaled d to the logits of the
   * joint output layer, which are those of an `AdaptiveOutput` and not those of `feed`. Undefined for networks without
   * a prior.
   */
  readonly biasScale?: (state: Float32Array) => number;
  dispose(): void;
}

export interface Engine {
  readonly name: EngineName;
  /** How it computes on this machine, a short phrase for the log and the model's record. */
  readonly details?: string;
  /**
   * @throws EngineError where this engine cannot run the network.
   */
  createNetwork(specification: NetworkSpecification, limits: BatchLimits): Promise<TrainableNetwork>;
  createStepper(specification: NetworkSpecification, weights: Tensors): Promise<Stepper>;
}

/** An engine whose networks show their logits. */
export interface InspectableEngine extends Engine {
  createNetwork(specification: NetworkSpecification, limits: BatchLimits): Promise<InspectableNetwork>;
}

/** An engine whose output layer can go on learning from a text while it reads the text. */
export interface AdaptiveEngine extends InspectableEngine {
  createAdaptiveOutput(specification: NetworkSpecification, weights: Tensors): Promise<AdaptiveOutput>;
}
