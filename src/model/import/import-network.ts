import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserFacingError } from '../../common/errors.ts';
import { message } from '../../common/localization/message.ts';
import type { Model } from '../file/layout.ts';
import { METADATA_NAME } from '../file/metadata.ts';
import { checkSpecification, parameterShapes } from '../specification.ts';
import { sentenceForPath } from '../../common/system-errors.ts';
import { FormatError } from '../validate.ts';
import { readForeignFile } from './foreign-file.ts';
import type { ForeignTensor } from './foreign-file.ts';
import { findNetwork } from './foreign-network.ts';
import type { ForeignNetwork } from './foreign-network.ts';
import { parseVocabulary } from './foreign-vocabulary.ts';
import type { SymbolPlan } from './foreign-vocabulary.ts';

/** The entry of `__metadata__` that may hold a vocabulary. */
const VOCABULARY_NAME = 'vocabulary';
const MAX_VOCABULARY_BYTES = 4 * 2 ** 20;
/** Symbols that the other network did not have get a logit this far below its smallest one, so they are never written. */
const NATS_BELOW_MIN = 10;

/**
 * A network trained by another program, as `interop/char_rnn.py` exports it or any PyTorch module of an embedding
 * (or none), one nn.LSTM, nn.GRU or nn.RNN, and a linear layer, in a safetensors file. The file is untrusted,
 * so everything is checked. The unknown symbol and the file's start get rows of their own where the network has none:
 * the start is read like a line end, and neither is ever written.
 * @param vocabularyPath a JSON file; left out: the file's own metadata `vocabulary`.
 * @throws UserFacingError in one sentence.
 */
export async function importNetwork(path: string, vocabularyPath?: string): Promise<Model> {
  try {
    const { metadata, tensors } = await readForeignFile(path);
    if (metadata.has(METADATA_NAME)) {
      throw new UserFacingError(
        message`The file ${path} is a model of Char-RNN already, so there is nothing to import; use it as it is.`,
      );
    }
    if (metadata.get('nonlinearity') === 'relu')
      throw new FormatError(message`its RNN has ReLU units, and only tanh is supported`);
    const network = findNetwork(tensors);
    const V = network.decoder.shape[0];
    const json =
      vocabularyPath === undefined ? metadata.get(VOCABULARY_NAME) : await vocabularyText(vocabularyPath);
    if (json === undefined) {
      throw new UserFacingError(
        message`The file ${path} has no vocabulary; name a JSON file with --vocabulary, a list of its ${V} characters by id.`,
      );
    }
    return modelOf(network, parseVocabulary(json, V), path);
  } catch (error) {
    if (error instanceof FormatError) {
      throw new UserFacingError(
        message`The file ${path} cannot be imported, because ${error.clause}; export it again, as interop/char_rnn.py does.`,
        { cause: error },
      );
    }
    throw sentenceForPath(error, message`The file ${path} cannot be imported`);
  }
}

async function vocabularyText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MAX_VOCABULARY_BYTES)
      throw new FormatError(message`the vocabulary file is too large to be one`);
    return await readFile(path, 'utf8');
  } catch (error) {
    throw sentenceForPath(error, message`The vocabulary ${path} cannot be read`);
  }
}

function modelOf(network: ForeignNetwork, plan: SymbolPlan, path: string): Model {
  const { cell, layers, units, embedding } = network;
  const specification = checkSpecification({
    cell,
    layers,
    units,
    embedding: embedding?.shape[1] ?? 0,
    dropout: 0,
    vocabularySize: plan.symbols.length,
  });
  const lineEnd = plan.sources[plan.symbols.indexOf('\n')] ?? -1;
  const weights = new Map<string, Float32Array>();
  for (const [name, shape] of parameterShapes(specification)) {
    weights.set(name, parameterOf(name, shape, network, plan.sources, lineEnd));
  }
  return {
    specification,
    vocabulary: plan.symbols,
    weights,
    optimizer: null,
    state: null,
    training: {
      steps: 0,
      epochs: 0,
      characters: 0,
      seconds: 0,
      seed: 0,
      batchSize: 50,
      sequenceLength: 200,
      optimizer: 'adam',
      learningRate: 0.002,
      learningRateDecay: 0.97,
      engine: 'another program',
      engineReason: `imported from ${basename(path)}`.slice(0, 1000),
      savedAt: new Date().toISOString(),
      losses: [],
      validations: [],
      samples: [],
      resume: null,
    },
  };
}

/** One of our parameters from those of the other network, with its symbols in our order. */
function parameterOf(
  name: string,
  shape: readonly number[],
  network: ForeignNetwork,
  sources: readonly number[],
  lineEnd: number,
): Float32Array {
  switch (name) {
    case 'embedding.weight':
      return rowsOf(network.embedding!, sources, lineEnd);
    case 'decoder.weight':
      return rowsOf(network.decoder, sources);
    case 'decoder.bias':
      return biasOf(network.decoderBias?.values ?? new Float32Array(network.decoder.shape[0]), sources);
  }
  const short = name.replace(/^rnn\./, '');
  const found = network.recurrent.get(short);
  // nn.LSTM and its like may be made without biases.
  if (found === undefined && short.startsWith('bias')) return new Float32Array(shape[0]);
  if (found === undefined) throw new FormatError(message`the tensor ${short} is missing`);
  if (short === 'weight_ih_l0' && network.embedding === undefined) return columnsOf(found, sources, lineEnd);
  if (found.shape.join() !== shape.join()) {
    throw new FormatError(
      message`the tensor ${short} has shape [${found.shape.join()}] instead of [${shape.join()}]`,
    );
  }
  return found.values;
}

/** Rows [V, N] in the order of `sources`. A symbol without a row gets that of `lineEnd`, or zeros if that is -1. */
function rowsOf(
  { shape: [, N], values }: ForeignTensor,
  sources: readonly number[],
  lineEnd = -1,
): Float32Array {
  const result = new Float32Array(sources.length * N);
  for (const [id, source] of sources.entries()) {
    const from = source >= 0 ? source : lineEnd;
    if (from >= 0) result.set(values.subarray(from * N, (from + 1) * N), id * N);
  }
  return result;
}

/** The same as `rowsOf` for columns [N, V]. */
function columnsOf(
  { shape: [N, V], values }: ForeignTensor,
  sources: readonly number[],
  lineEnd: number,
): Float32Array {
  const result = new Float32Array(N * sources.length);
  for (const [id, source] of sources.entries()) {
    const from = source >= 0 ? source : lineEnd;
    if (from < 0) continue;
    for (let n = 0; n < N; n++) result[n * sources.length + id] = values[n * V + from];
  }
  return result;
}

function biasOf(values: Float32Array, sources: readonly number[]): Float32Array {
  const min = values.reduce((a, b) => Math.min(a, b), Infinity) - NATS_BELOW_MIN;
  return Float32Array.from(sources, (source) => (source >= 0 ? values[source] : min));
}
