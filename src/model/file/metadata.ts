import { message } from '../../common/localization/message.ts';
import { sentenceOf } from '../../common/errors.ts';
import { Vocabulary } from '../../corpus/index.ts';
import { checkTrainingRecord } from './check-training-record.ts';
import { CHECKSUM_PATTERN } from './checksum.ts';
import { checkSpecification } from '../specification.ts';
import type { NetworkSpecification } from '../specification.ts';
import { parseStrictJson } from './strict-json.ts';
import type { TrainingRecord } from '../training-record.ts';
import { FormatError, fieldsOf, integerOf, listOf, textOf } from '../validate.ts';

/** The one name in `__metadata__`. */
export const METADATA_NAME = 'char-rnn';

const VERSION = 1;

const MAX_DEPTH = 8;

/** The JSON object under `char-rnn`, without its `version`. */
export interface Metadata {
  readonly specification: NetworkSpecification;
  /** One-symbol strings by id. */
  readonly vocabulary: readonly string[];
  readonly training: TrainingRecord;
  /** Steps the optimiser has counted, for its bias correction; null where the file has no moments. */
  readonly optimizerSteps: number | null;
  /** Hexadecimal digits; see checksum.ts. */
  readonly checksum: string;
}

/** The file has a later version of the format than this code can read. */
export class NewerVersionError extends Error {
  override readonly name = 'NewerVersionError';
}

export function encodeMetadata(metadata: Metadata): string {
  return JSON.stringify({ version: VERSION, ...metadata });
}

/** @throws FormatError or NewerVersionError */
export function parseMetadata(text: string): Metadata {
  const parsed = parseStrictJson(text, MAX_DEPTH);
  checkVersion(parsed);
  const fields = fieldsOf(parsed, 'its metadata', [
    'version',
    'specification',
    'vocabulary',
    'training',
    'optimizerSteps',
    'checksum',
  ]);
  const checksum = textOf(fields.get('checksum'), 'checksum', 64);
  if (!CHECKSUM_PATTERN.test(checksum))
    throw new FormatError(message`checksum must be 64 hexadecimal digits`);
  const optimizerSteps = fields.get('optimizerSteps');
  return checkMetadata({
    specification: fields.get('specification'),
    vocabulary: fields.get('vocabulary'),
    training: fields.get('training'),
    optimizerSteps: optimizerSteps === null ? null : integerOf(optimizerSteps, 'optimizerSteps'),
    checksum,
  });
}

/** Checks the metadata of a model, whether it was read or is to be written. */
export function checkMetadata(
  metadata: Readonly<Record<'specification' | 'vocabulary' | 'training', unknown>> &
    Pick<Metadata, 'optimizerSteps' | 'checksum'>,
): Metadata {
  const specification = checkSpecification(metadata.specification);
  const symbols = listOf(metadata.vocabulary, 'the vocabulary');
  if (symbols.length !== specification.vocabularySize) {
    throw new FormatError(
      message`the vocabulary has ${symbols.length} symbols where the network has ${specification.vocabularySize}`,
    );
  }
  return {
    specification,
    vocabulary: checkSymbols(symbols),
    training: checkTrainingRecord(metadata.training),
    optimizerSteps: metadata.optimizerSteps,
    checksum: metadata.checksum,
  };
}

/** Checks the version before anything else, because later versions may have other fields. */
function checkVersion(parsed: unknown): void {
  const found: unknown =
    typeof parsed === 'object' && parsed !== null ? (parsed as { version?: unknown }).version : undefined;
  if (integerOf(found, 'version', 1) > VERSION) throw new NewerVersionError(`version ${String(found)}`);
}

function checkSymbols(symbols: readonly unknown[]): readonly string[] {
  try {
    return Vocabulary.fromSymbols(symbols).symbols;
  } catch (error) {
    throw new FormatError(sentenceOf(error));
  }
}
