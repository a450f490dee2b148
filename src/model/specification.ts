export type Cell = 'lstm' | 'gru' | 'rnn';

/**
 * The network as data. Letters used for dimensions everywhere:
 * V symbols, E values of an embedding, H units, L layers, G gates (4 lstm, 3 gru, 1 rnn),
 * B parallel streams (batch), T symbols of a window (sequence length).
 */
export interface NetworkSpecification {
  readonly cell: Cell;
  /** L, 1 to 8. */
  readonly layers: number;
  /** H, 1 to 4096. */
  readonly units: number;
  /** E, 0 to 4096; 0 feeds symbols one-hot. */
  readonly embedding: number;
  /** Probability in [0, 1) of dropping a value between layers while training. */
  readonly dropout: number;
  /** V, 2 to 65536. */
  readonly vocabularySize: number;
}

/** Checks ranges and types of data from outside; throws a plain `Error` that names the field and its range. */
export function checkSpecification(_value: unknown): NetworkSpecification {
  throw new Error('in progress');
}

/**
 * Names and shapes of the network's parameters, as PyTorch names and lays them out (row-major):
 * `embedding.weight` [V, E] (absent when E = 0), for each layer l `rnn.weight_ih_l{l}` [G·H, I] (I = E, or V
 * when one-hot, for layer 0, else H), `rnn.weight_hh_l{l}` [G·H, H], `rnn.bias_ih_l{l}` [G·H],
 * `rnn.bias_hh_l{l}` [G·H], then `decoder.weight` [V, H] and `decoder.bias` [V].
 * In this order, which is also the order of drawing initial weights.
 */
export function parameterShapes(
  _specification: NetworkSpecification,
): ReadonlyMap<string, readonly number[]> {
  throw new Error('in progress');
}

/** Number of trainable values. */
export function parameterCount(specification: NetworkSpecification): number {
  let count = 0;
  for (const shape of parameterShapes(specification).values()) count += shape.reduce((a, b) => a * b, 1);
  return count;
}
