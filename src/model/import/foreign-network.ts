import { message } from '../../common/localization/message.ts';
import type { Cell } from '../specification.ts';
import { FormatError } from '../validate.ts';
import type { ForeignTensor } from './foreign-file.ts';

/** The parts of a PyTorch module under whatever names. A part that is missing does not exist or is shared with another. */
export interface ForeignNetwork {
  readonly cell: Cell;
  readonly layers: number;
  readonly units: number;
  /** Undefined where symbols are fed one-hot. */
  readonly embedding: ForeignTensor | undefined;
  /** `weight_ih_l0` and so on. */
  readonly recurrent: ReadonlyMap<string, ForeignTensor>;
  /** [V, H] */
  readonly decoder: ForeignTensor;
  /** [V] */
  readonly decoderBias: ForeignTensor | undefined;
}

/** Prefixes that DistributedDataParallel, DataParallel and torch.compile give the names of a module that they wrap. */
const WRAPPER_PREFIX = /^(?:module\.|_orig_mod\.)+/;
const RECURRENT_NAME = /^(?:(.*)\.)?((?:weight|bias)_(?:ih|hh|hr)_l(\d+)(_reverse)?)$/;
/** Parameters that only jointly trained networks have; they are used only together with a context model. */
const JOINT_NAMES = ['prior.decoder.weight', 'prior.decoder.bias', 'prior.weight', 'prior.gate'];
const CELL_BY_GATE_COUNT: Readonly<Record<number, Cell>> = { 4: 'lstm', 3: 'gru', 1: 'rnn' };

/**
 * Finds an embedding, recurrent layers and a decoder among tensors, by their shapes rather than by their names. The
 * joint output layer of a jointly trained network of ours is left out: its decoder predicts without it.
 * @throws FormatError if there are other tensors, or some are missing.
 */
export function findNetwork(tensors: ReadonlyMap<string, ForeignTensor>): ForeignNetwork {
  const recurrent = new Map<string, ForeignTensor>();
  const others = new Map<string, ForeignTensor>();
  const modules = new Set<string>();
  let layers = 0;
  for (const [fullName, tensor] of tensors) {
    const name = fullName.replace(WRAPPER_PREFIX, '');
    const found = RECURRENT_NAME.exec(name);
    if (!found) {
      others.set(name, tensor);
      continue;
    }
    const [, module = '', short, layer, reverse] = found;
    if (reverse !== undefined)
      throw new FormatError(message`it is bidirectional, so it cannot predict the next character`);
    if (short.startsWith('weight_hr'))
      throw new FormatError(message`its LSTM projects its output (proj_size), which is not supported`);
    modules.add(module);
    layers = Math.max(layers, Number(layer) + 1);
    recurrent.set(short, tensor);
  }
  if (JOINT_NAMES.every((name) => others.has(name))) JOINT_NAMES.forEach((name) => others.delete(name));
  if (layers === 0) throw new FormatError(message`it has no recurrent layers (a tensor weight_ih_l0)`);
  if (modules.size > 1) throw new FormatError(message`it has several recurrent networks, not one`);
  if (layers > 8) throw new FormatError(message`it has more than 8 recurrent layers`);

  const [rows, inputs] = matrix(recurrent, 'weight_ih_l0');
  const [, units] = matrix(recurrent, 'weight_hh_l0');
  const cell = CELL_BY_GATE_COUNT[rows / units];
  if (cell === undefined) {
    throw new FormatError(
      message`weight_ih_l0 has ${rows} rows for ${units} units, as no LSTM, GRU or RNN has`,
    );
  }
  return { cell, layers, units, recurrent, ...endsOf(others, inputs, units) };
}

function endsOf(
  others: ReadonlyMap<string, ForeignTensor>,
  inputs: number,
  units: number,
): Pick<ForeignNetwork, 'embedding' | 'decoder' | 'decoderBias'> {
  const matrices = [...others].filter(([, { shape }]) => shape.length === 2);
  const biases = [...others].filter(([, { shape }]) => shape.length === 1);
  const biasName = biases[0]?.[0];
  if (matrices.length + biases.length !== others.size || matrices.length > 2 || biases.length > 1) {
    throw new FormatError(
      message`it has tensors besides an embedding, recurrent layers and a decoder, among ${[...others.keys()].slice(0, 8).join(', ')}`,
    );
  }
  const isDecoder = ([name, { shape }]: [string, ForeignTensor]): boolean =>
    shape[1] === units &&
    (matrices.length === 1 ||
      inputs !== units ||
      (biasName === undefined
        ? /dec|out|fc|lin|head|proj/i.test(name)
        : biasName.replace(/bias$/, '') === name.replace(/weight$/, '')));
  const decoder = matrices.find(isDecoder);
  const decoderBias = biases[0]?.[1];
  if (decoder === undefined || (decoderBias && decoderBias.shape[0] !== decoder[1].shape[0])) {
    throw new FormatError(message`it has no decoder, a linear layer from the units to the symbols`);
  }
  const other = matrices.find((entry) => entry !== decoder)?.[1];
  const V = decoder[1].shape[0];
  if (other === undefined) {
    if (inputs === V) return { embedding: undefined, decoder: decoder[1], decoderBias };
    // Shared with the decoder, an embedding is not stored again.
    if (inputs === units) return { embedding: decoder[1], decoder: decoder[1], decoderBias };
  } else if (other.shape[0] === V && other.shape[1] === inputs) {
    return { embedding: other, decoder: decoder[1], decoderBias };
  }
  throw new FormatError(message`it has no embedding of ${V} symbols in ${inputs} values`);
}

function matrix(tensors: ReadonlyMap<string, ForeignTensor>, name: string): readonly [number, number] {
  const shape = tensors.get(name)?.shape;
  if (shape?.length !== 2 || !(shape[1] > 0)) throw new FormatError(message`${name} is not a matrix`);
  return [shape[0], shape[1]];
}
