import { stateNames } from '../model/index.ts';
import type { NetworkSpecification, Tensors } from '../model/index.ts';

/**
 * The output layer of a network (the joint one of a network with a prior) that goes on learning from one text while the
 * text is read: logits = W h + b, and after each symbol one step of stochastic gradient descent on W and b alone. This
 * is "dynamic evaluation" (Krause et al., 2018) reduced to the layer that costs microseconds. Good rates on code are
 * about 0.01 with a logit bias and 0.02 without.
 */
export interface AdaptiveOutput {
  readonly specification: NetworkSpecification;
  /** Writes W h + b into `logits` [V], h being the last layer's output in a stepper's state. */
  logits(state: Float32Array, logits: Float32Array): void;
  /** Replaces logits [V] by the natural logarithms of softmax(logits). */
  logSoftmax(logits: Float32Array): void;
  /**
   * Takes one step on the loss of `symbol`, the one that followed `state`: W -= rate (p - onehot) hᵀ,
   * b -= rate (p - onehot), with p = softmax(logits).
   * @param logits [V], including the logit bias that was added to them.
   * @returns the loss before the step in nats; if it is not finite, nothing is learnt.
   */
  learn(state: Float32Array, logits: Float32Array, symbol: number, rate: number): number;
  /** Restores the network's own W and b. */
  reset(): void;
  /** A copy of W and b, a little more than V·H floats, for `restore` of any output of the same network. */
  snapshot(): Float32Array;
  restore(snapshot: Float32Array): void;
  dispose(): void;
}

/** The output layer that an `AdaptiveOutput` starts from. @throws RangeError if it does not fit the specification. */
export function decoderOf(
  { vocabularySize: V, units: H, prior }: NetworkSpecification,
  weights: Tensors,
): { readonly weight: Float32Array; readonly bias: Float32Array } {
  const decoder = prior ? 'prior.decoder' : 'decoder';
  const [weight, bias] = [weights.get(`${decoder}.weight`), weights.get(`${decoder}.bias`)];
  if (weight?.length !== V * H || bias?.length !== V) {
    throw new RangeError(
      `a decoder of ${weight?.length ?? 0} weights and ${bias?.length ?? 0} biases instead of ${V * H} and ${V}`,
    );
  }
  return { weight, bias };
}

/** @throws RangeError unless there are V logits */
export function checkLogits({ vocabularySize: V }: NetworkSpecification, logits: Float32Array): void {
  if (logits.length !== V) throw new RangeError(`${logits.length} logits instead of ${V}`);
}

/** Checks the arguments of `learn` before it changes anything. @throws RangeError naming what does not fit. */
export function checkLearn(
  specification: NetworkSpecification,
  logits: Float32Array,
  symbol: number,
  rate: number,
): void {
  const { vocabularySize: V } = specification;
  checkLogits(specification, logits);
  if (!(Number.isInteger(symbol) && symbol >= 0 && symbol < V)) {
    throw new RangeError(`symbol ${symbol} outside the vocabulary of ${V}`);
  }
  if (!(rate >= 0 && rate < Infinity)) throw new RangeError(`a learning rate of ${rate}`);
}

/** The last layer's h [H] in a stepper's state, as a view. @throws RangeError if the state has another size. */
export function outputIn(
  { layers: L, units: H, cell }: NetworkSpecification,
  state: Float32Array,
): Float32Array {
  const size = stateNames(cell).length * L * H;
  if (state.length !== size) throw new RangeError(`${state.length} state values instead of ${size}`);
  return state.subarray((L - 1) * H, L * H);
}
