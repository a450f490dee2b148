import { FormatError, fieldsOf, integerOf, oneOf } from './validate.ts';

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
  /**
   * Whether the network is trained jointly with the context model. It then has two output layers over the same h. One
   * predicts alone: `decoder.weight` h + `decoder.bias`. The other predicts together with the context model, whose
   * prediction it weighs by h: `prior.decoder.weight` h + `prior.decoder.bias` + (w + g·h) ln p_context. Undefined means
   * no.
   */
  readonly prior?: boolean;
}

const GATE_COUNTS: Readonly<Record<Cell, number>> = { lstm: 4, gru: 3, rnn: 1 };

/** G: an LSTM's i f g o, a GRU's r z n, in the order in which they stand in the rows of its weights. */
export function gateCount(cell: Cell): number {
  return GATE_COUNTS[cell];
}

/** The vectors that a cell carries from symbol to symbol: its output h, and an LSTM's c. */
export function stateNames(cell: Cell): readonly ('h' | 'c')[] {
  return cell === 'lstm' ? ['h', 'c'] : ['h'];
}

/** Checks types and ranges of untrusted data. @throws FormatError naming the field and its range. */
export function checkSpecification(value: unknown): NetworkSpecification {
  const fields = fieldsOf(value, 'the specification', [
    'cell',
    'layers',
    'units',
    'embedding',
    'dropout',
    'vocabularySize',
    'prior',
  ]);
  const dropout = fields.get('dropout');
  if (typeof dropout !== 'number' || !(dropout >= 0 && dropout < 1)) {
    throw new FormatError('dropout must be a number from 0 to below 1');
  }
  const prior = fields.get('prior');
  if (prior !== undefined && typeof prior !== 'boolean') throw new FormatError('prior must be true or false');
  return {
    cell: oneOf(fields.get('cell'), 'cell', ['lstm', 'gru', 'rnn']),
    layers: integerOf(fields.get('layers'), 'layers', 1, 8),
    units: integerOf(fields.get('units'), 'units', 1, 4096),
    embedding: integerOf(fields.get('embedding'), 'embedding', 0, 4096),
    dropout,
    vocabularySize: integerOf(fields.get('vocabularySize'), 'vocabularySize', 2, 65536),
    // Undefined rather than false, as in files of networks without a prior.
    ...(prior === true ? { prior } : {}),
  };
}

/**
 * Names and shapes of the network's parameters, as PyTorch names and lays them out (row-major):
 * `embedding.weight` [V, E] (absent when E = 0), for each layer l `rnn.weight_ih_l{l}` [G·H, I] (I = E, or V
 * when one-hot, for layer 0, else H), `rnn.weight_hh_l{l}` [G·H, H], `rnn.bias_ih_l{l}` [G·H],
 * `rnn.bias_hh_l{l}` [G·H], then `decoder.weight` [V, H] and `decoder.bias` [V]; with a prior, the joint output layer
 * `prior.decoder.weight` [V, H] and `prior.decoder.bias` [V], the weight w `prior.weight` [1] and the gate g
 * `prior.gate` [1, H].
 * In this order, which is also the order of drawing initial weights.
 */
export function parameterShapes(specification: NetworkSpecification): ReadonlyMap<string, readonly number[]> {
  const { cell, layers: L, units: H, embedding: E, vocabularySize: V } = specification;
  const GH = GATE_COUNTS[cell] * H;
  const shapes = new Map<string, readonly number[]>();
  if (E > 0) shapes.set('embedding.weight', [V, E]);
  for (let l = 0; l < L; l++) {
    const I = l > 0 ? H : E > 0 ? E : V;
    shapes.set(`rnn.weight_ih_l${l}`, [GH, I]);
    shapes.set(`rnn.weight_hh_l${l}`, [GH, H]);
    shapes.set(`rnn.bias_ih_l${l}`, [GH]);
    shapes.set(`rnn.bias_hh_l${l}`, [GH]);
  }
  shapes.set('decoder.weight', [V, H]);
  shapes.set('decoder.bias', [V]);
  if (specification.prior) {
    shapes.set('prior.decoder.weight', [V, H]);
    shapes.set('prior.decoder.bias', [V]);
    shapes.set('prior.weight', [1]);
    shapes.set('prior.gate', [1, H]);
  }
  return shapes;
}

/** Number of trainable values. */
export function parameterCount(specification: NetworkSpecification): number {
  let count = 0;
  for (const shape of parameterShapes(specification).values()) count += shape.reduce((a, b) => a * b, 1);
  return count;
}
