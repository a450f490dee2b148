import { OPTIMIZER_NAMES } from './optimizer-moments.ts';
import { isRandomState } from '../random.ts';
import { MAX_SAMPLE_LENGTH, MAX_SAMPLES } from '../training-record.ts';
import type { ResumePoint, TrainingRecord, WritingSample } from '../training-record.ts';
import { FormatError, fieldsOf, integerOf, listOf, numberOf, oneOf, textOf } from '../validate.ts';

/** Checks a training record from a model file; throws a `FormatError` that names the field. */
export function checkTrainingRecord(value: unknown): TrainingRecord {
  const fields = fieldsOf(value, 'the training record', [
    'steps',
    'epochs',
    'characters',
    'seconds',
    'optimizer',
    'learningRate',
    'learningRateDecay',
    'batchSize',
    'sequenceLength',
    'seed',
    'engine',
    'engineReason',
    'savedAt',
    'losses',
    'validations',
    'samples',
    'resume',
  ]);
  return {
    steps: integerOf(fields.get('steps'), 'steps'),
    epochs: integerOf(fields.get('epochs'), 'epochs'),
    characters: integerOf(fields.get('characters'), 'characters'),
    seconds: numberOf(fields.get('seconds'), 'seconds'),
    optimizer: oneOf(fields.get('optimizer'), 'optimizer', OPTIMIZER_NAMES),
    learningRate: numberOf(fields.get('learningRate'), 'learningRate'),
    learningRateDecay: numberOf(fields.get('learningRateDecay'), 'learningRateDecay'),
    batchSize: integerOf(fields.get('batchSize'), 'batchSize', 1),
    sequenceLength: integerOf(fields.get('sequenceLength'), 'sequenceLength', 1),
    seed: integerOf(fields.get('seed'), 'seed', Number.MIN_SAFE_INTEGER),
    engine: textOf(fields.get('engine'), 'engine', 100),
    engineReason: textOf(fields.get('engineReason'), 'engineReason', 1000),
    savedAt: timeOf(fields.get('savedAt')),
    losses: listOf(fields.get('losses'), 'losses').map((point) => {
      const { step, value: loss } = pointOf(point, 'loss');
      return { step, loss };
    }),
    validations: listOf(fields.get('validations'), 'validations').map((point) => {
      const { step, value: bitsPerCharacter } = pointOf(point, 'bitsPerCharacter');
      return { step, bitsPerCharacter };
    }),
    samples: samplesOf(fields.get('samples')),
    resume: fields.get('resume') === null ? null : checkResumePoint(fields.get('resume')),
  };
}

/** Files of networks that wrote nothing while they learnt may have no such field. */
function samplesOf(value: unknown): readonly WritingSample[] {
  const samples = value === undefined ? [] : listOf(value, 'samples');
  if (samples.length > MAX_SAMPLES) throw new FormatError(`samples must be at most ${MAX_SAMPLES}`);
  return samples.map((sample) => {
    const fields = fieldsOf(sample, 'a sample', ['step', 'epoch', 'loss', 'text']);
    return {
      step: integerOf(fields.get('step'), 'step'),
      epoch: numberOf(fields.get('epoch'), 'epoch'),
      loss: numberOf(fields.get('loss'), 'loss'),
      text: textOf(fields.get('text'), 'text', MAX_SAMPLE_LENGTH),
    };
  });
}

function checkResumePoint(value: unknown): ResumePoint {
  const fields = fieldsOf(value, 'resume', [
    'fingerprint',
    'windowsDone',
    'firstEpoch',
    'isFromBase',
    'random',
  ]);
  const random = fields.get('random');
  const firstEpoch = fields.get('firstEpoch');
  const isFromBase = fields.get('isFromBase');
  if (isFromBase !== undefined && typeof isFromBase !== 'boolean') {
    throw new FormatError('isFromBase must be true or false');
  }
  if (!isRandomState(random)) throw new FormatError('random must be four 32-bit integers, not all zero');
  return {
    fingerprint: textOf(fields.get('fingerprint'), 'fingerprint', 1000),
    windowsDone: integerOf(fields.get('windowsDone'), 'windowsDone'),
    ...(firstEpoch === undefined ? {} : { firstEpoch: integerOf(firstEpoch, 'firstEpoch') }),
    ...(isFromBase && { isFromBase }),
    random,
  };
}

function pointOf(value: unknown, name: string): { step: number; value: number } {
  const fields = fieldsOf(value, `a point of ${name}`, ['step', name]);
  return { step: integerOf(fields.get('step'), 'step'), value: numberOf(fields.get(name), name) };
}

function timeOf(value: unknown): string {
  const text = textOf(value, 'savedAt', 40);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) || Number.isNaN(Date.parse(text))) {
    throw new FormatError('savedAt must be an ISO 8601 time in UTC');
  }
  return text;
}
