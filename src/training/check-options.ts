import { UserFacingError } from '../common/errors.ts';
import { message } from '../common/localization/message.ts';
import { MAX_VOCABULARY } from '../corpus/index.ts';
import { checkSpecification, OPTIMIZER_NAMES } from '../model/index.ts';
import type { NetworkSpecification } from '../model/index.ts';
import type { TrainingOptions } from './options.ts';

/** The two symbols that are no characters, and one that is. */
const MIN_VOCABULARY = 3;

/**
 * Refuses options that no training can follow.
 * @throws UserFacingError that names the option and what it may be.
 */
export function checkOptions(options: TrainingOptions): void {
  specificationFor(options, 2);
  if (!OPTIMIZER_NAMES.includes(options.optimizer)) {
    refuse(`the optimizer must be one of ${OPTIMIZER_NAMES.join(', ')}, not ${String(options.optimizer)}`);
  }
  wholeNumber('batch size', options.batchSize, 1, 100_000);
  wholeNumber('sequence length', options.sequenceLength, 1, 100_000);
  wholeNumber('number of epochs', options.epochs, 0, Number.MAX_SAFE_INTEGER);
  if (options.steps !== undefined) {
    wholeNumber('number of steps', options.steps, 0, Number.MAX_SAFE_INTEGER);
  }
  if (options.minutes !== undefined) {
    inRange('number of minutes', options.minutes, 'from 0', (minutes) => minutes >= 0);
  }
  inRange(
    'learning rate',
    options.learningRate,
    'above 0 and at most 100',
    (rate) => rate > 0 && rate <= 100,
  );
  inRange('learning rate decay', options.learningRateDecay, 'above 0 and at most 1', (d) => d > 0 && d <= 1);
  inRange('clip norm', options.clipNorm, 'above 0', (norm) => norm > 0);
  inRange('validation fraction', options.validationFraction, 'from 0 to below 1', (f) => f >= 0 && f < 1);
  if (options.maxVocabulary !== undefined) {
    wholeNumber('largest vocabulary', options.maxVocabulary, MIN_VOCABULARY, MAX_VOCABULARY);
  }
  if (options.sampleEvery !== undefined) {
    wholeNumber('number of steps between samples', options.sampleEvery, 1, Number.MAX_SAFE_INTEGER);
  }
  if (options.checkpointEvery !== undefined) {
    wholeNumber('number of steps between checkpoints', options.checkpointEvery, 1, Number.MAX_SAFE_INTEGER);
  }
  for (const epoch of options.milestones ?? []) {
    inRange('milestone', epoch, 'an epoch from 0', (value) => value >= 0 && Number.isFinite(value));
  }
  if (options.sampleTemperature !== undefined) {
    inRange('temperature of samples', options.sampleTemperature, 'from 0 to 2', (t) => t >= 0 && t <= 2);
  }
  if (options.memory && options.decomposeHangul) {
    refuse(
      'a context model knows whole syllables, so it cannot be joined to a network of jamo; leave out one of them',
    );
  }
  wholeNumber('seed', options.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
}

/**
 * The new network that `options` ask for.
 * @throws UserFacingError that names the option and what it may be.
 */
export function specificationFor(options: TrainingOptions, vocabularySize: number): NetworkSpecification {
  const { cell, layers, units, embedding = units, dropout, memory = false } = options;
  try {
    return checkSpecification({ cell, layers, units, embedding, dropout, vocabularySize, prior: memory });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error), error);
  }
}

function wholeNumber(name: string, value: number, min: number, max: number): void {
  inRange(name, value, `a whole number of at least ${min} and at most ${max}`, (number) => {
    return Number.isInteger(number) && number >= min && number <= max;
  });
}

function inRange(name: string, value: number, range: string, holds: (value: number) => boolean): void {
  if (typeof value !== 'number' || !holds(value)) refuse(`the ${name} must be ${range}, not ${value}`);
}

function refuse(why: string, cause?: unknown): never {
  throw new UserFacingError(message`Training cannot start with these options: ${why}.`, { cause });
}
