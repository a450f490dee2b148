import { stateNames } from '../model/index.ts';
import type { NetworkSpecification, Tensors } from '../model/index.ts';

/**
 * The output layer of a network, going on to learn from one text as it is read: logits = W h + b, and after each
 * symbol one step of stochastic gradient descent on W and b alone ("dynamic evaluation": Krause et al., 2018, cut
 * down to what costs microseconds). Rates of about 0.01 beside a prior and 0.02 alone serve code.
 */
export interface AdaptiveOutput {
  readonly specification: NetworkSpecification;
  /** Writes W h + b into logits [V], h being the last layer's output in the state of a stepper. */
  logits(state: Float32Array, logits: Float32Array): void;
  /**
   * One step on the loss of `symbol`, which came when these were the state and the logits [V], with p = softmax of
   * the logits and all that was added to them: W -= rate (p - onehot) hᵀ, b -= rate (p - onehot).
   * @returns the loss before it, in nats; where that is not finite nothing is learnt.
   */
  learn(state: Float32Array, logits: Float32Array, symbol: number, rate: number): number;
  /** Back to the network's own W and b. */
  reset(): void;
  /** A copy of W and b as they are, V H floats and some: for `restore` of any output of the same network. */
  snapshot(): Float32Array;
  restore(snapshot: Float32Array): void;
  dispose(): void;
}

/** The network's decoder, checked. */
export function decoderOf(
  { vocabularySize: V, units: H }: NetworkSpecification,
  weights: Tensors,
): { readonly weight: Float32Array; readonly bias: Float32Array } {
  const [weight, bias] = [weights.get('decoder.weight'), weights.get('decoder.bias')];
  if (weight?.length !== V * H || bias?.length !== V) {
    throw new RangeError(
      `a decoder of ${weight?.length ?? 0} weights and ${bias?.length ?? 0} biases instead of ${V * H} and ${V}`,
    );
  }
  return { weight, bias };
}

/** @throws RangeError naming what does not fit the network, before anything is changed. */
export function checkLearn(
  { vocabularySize: V }: NetworkSpecification,
  logits: Float32Array,
  symbol: number,
  rate: number,
): void {
  if (logits.length !== V) throw new RangeError(`${logits.length} logits instead of ${V}`);
  if (!(Number.isInteger(symbol) && symbol >= 0 && symbol < V)) {
    throw new RangeError(`symbol ${symbol} outside the vocabulary of ${V}`);
  }
  if (!(rate >= 0 && rate < Infinity)) throw new RangeError(`a learning rate of ${rate}`);
}

/** Where the last layer's h stands in the state of a stepper. */
export function outputIn(
  { layers: L, units: H, cell }: NetworkSpecification,
  state: Float32Array,
): Float32Array {
  const size = stateNames(cell).length * L * H;
  if (state.length !== size) throw new RangeError(`${state.length} state values instead of ${size}`);
  return state.subarray((L - 1) * H, L * H);
}
