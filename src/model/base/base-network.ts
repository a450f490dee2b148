import { UserFacingError, messageOf } from '../../common/errors.ts';
import { message } from '../../common/localization/message.ts';
import { Vocabulary } from '../../corpus/index.ts';
import { parseStrictJson } from '../file/strict-json.ts';
import { readForeignFile } from '../import/foreign-file.ts';
import type { ForeignFile } from '../import/foreign-file.ts';
import { checkSpecification, parameterShapes } from '../specification.ts';
import type { NetworkSpecification } from '../specification.ts';
import type { Tensors } from '../tensors.ts';
import { FormatError, fieldsOf, listOf } from '../validate.ts';

/** The one name in `__metadata__` of a base network's file; its value is the JSON of specification and vocabulary. */
export const BASE_METADATA_NAME = 'char-rnn-base';

/** The tensor of a base network's file that holds its `mixingWeights`. */
export const MIXING_TENSOR = 'mixing.weight';

const MAX_DEPTH = 3;

/** A network that was taught on public code, which a training on a workspace can begin with. */
export interface BaseNetwork {
  /** Without a prior. */
  readonly specification: NetworkSpecification;
  /** One-symbol strings by id. */
  readonly vocabulary: Vocabulary;
  readonly weights: Tensors;
  /** The weights with which its mixing with a context model begins (`DocumentModel.joinNetwork`). */
  readonly mixingWeights: Float32Array;
}

/**
 * Reads the base network that comes with Char-RNN: a safetensors file whose values are half floats.
 * @param mixingWeights how many weights a context model mixes a network in by.
 * @throws UserFacingError where it is missing or damaged.
 */
export async function readBaseNetwork(path: string, mixingWeights: number): Promise<BaseNetwork> {
  try {
    return baseNetworkOf(await readForeignFile(path), mixingWeights);
  } catch (error) {
    throw new UserFacingError(
      message`The base network ${path} cannot be used (${error instanceof FormatError ? error.clause : messageOf(error)}); install Char-RNN again, or turn off suggestions before training.`,
      { cause: error },
    );
  }
}

function baseNetworkOf({ metadata, tensors }: ForeignFile, mixingWeights: number): BaseNetwork {
  const text = metadata.get(BASE_METADATA_NAME);
  if (text === undefined) throw new FormatError(message`it has no ${BASE_METADATA_NAME} metadata`);
  const fields = fieldsOf(parseStrictJson(text, MAX_DEPTH), 'its metadata', ['specification', 'vocabulary']);
  const specification = checkSpecification(fields.get('specification'));
  const vocabulary = Vocabulary.fromSymbols(listOf(fields.get('vocabulary'), 'the vocabulary'));
  if (vocabulary.size !== specification.vocabularySize) {
    throw new FormatError(
      message`it has ${vocabulary.size} symbols instead of ${specification.vocabularySize}`,
    );
  }
  const weights = new Map<string, Float32Array>();
  const valuesOf = (name: string, shape: readonly number[]): Float32Array => {
    const tensor = tensors.get(name);
    if (tensor?.shape.join() !== shape.join()) {
      throw new FormatError(message`the tensor ${name} is missing or not of shape [${shape.join()}]`);
    }
    return tensor.values;
  };
  for (const [name, shape] of parameterShapes(specification)) weights.set(name, valuesOf(name, shape));
  return { specification, vocabulary, weights, mixingWeights: valuesOf(MIXING_TENSOR, [mixingWeights]) };
}
