import { stat } from 'node:fs/promises';
import { Vocabulary } from '../../corpus/index.ts';
import { UserFacingError } from '../../common/errors.ts';
import { message, type Message } from '../../common/localization/message.ts';
import type { TrainableNetwork } from '../../engine/index.ts';
import {
  fitsBase,
  initialOptimizerState,
  initialWeights,
  MAX_MODEL_BYTES,
  parameterCount,
  readModel,
  weightsFromBase,
} from '../../model/index.ts';
import type {
  BaseNetwork,
  Model,
  NetworkSpecification,
  Optimizer,
  OptimizerState,
  Tensors,
  TrainingRecord,
} from '../../model/index.ts';
import { specificationFor } from '../check-options.ts';
import type { TrainingOptions, TrainingRequest } from '../options.ts';
import type { Streams } from '../data/batch-streams.ts';
import { fromRecord, newState } from './training-state.ts';
import type { TrainingState } from './training-state.ts';
import { isNotFound } from '../../common/system-errors.ts';

/** Where a training begins: a new network, or the one in the model file. */
export interface Start {
  readonly specification: NetworkSpecification;
  readonly vocabulary: Vocabulary;
  readonly weights: Tensors;
  readonly optimizer: OptimizerState | null;
  readonly state: Tensors | null;
  /** Null for a new network. */
  readonly record: TrainingRecord | null;
  /** Of the initial weights, the files held out and the samples. A model keeps it. */
  readonly seed: number;
  /** Whether the weights are the base network's; left out: no. */
  readonly isFromBase?: boolean;
  /** One sentence where the base network could not be begun with. */
  readonly note?: Message;
}

/**
 * The model to go on from, or undefined where there is none.
 * @throws UserFacingError when there is a file that cannot be read: it is left as it is.
 */
export async function readModelIfThere(modelPath: string): Promise<Model | undefined> {
  try {
    await stat(modelPath);
  } catch (error) {
    if (isNotFound(error)) return undefined;
  }
  return readModel(modelPath);
}

/** A value and two moments, of 4 bytes each. */
const BYTES_PER_PARAMETER = 12;

/**
 * A new network, with the weights of `base` where it has the same shape.
 * @throws UserFacingError for a network too large to be kept, before anything is allocated for it.
 */
export function newStart(
  options: TrainingOptions,
  trainingTexts: Iterable<string>,
  base?: BaseNetwork,
): Start {
  const vocabulary = Vocabulary.fromTexts(trainingTexts, options.maxVocabulary, options.decomposeHangul);
  const specification = specificationFor(options, vocabulary.size);
  const parameters = parameterCount(specification);
  if (parameters * BYTES_PER_PARAMETER > MAX_MODEL_BYTES) {
    throw new UserFacingError(
      message`This network would have ${parameters} parameters and its model file more than ${MAX_MODEL_BYTES / 2 ** 30} GiB; lower the number of units or layers.`,
    );
  }
  const { seed } = options;
  const isFromBase = base !== undefined && fitsBase(specification, base);
  const weights = isFromBase
    ? weightsFromBase(base, specification, vocabulary.symbols, seed)
    : initialWeights(specification, seed);
  const note = base && !isFromBase ? otherShapeNote(base) : undefined;
  return {
    specification,
    vocabulary,
    weights,
    optimizer: null,
    state: null,
    record: null,
    seed,
    isFromBase,
    note,
  };
}

function otherShapeNote({ specification: { cell, layers, units, embedding } }: BaseNetwork): Message {
  return message`The base network has another shape (cell ${cell}, layers ${layers}, units ${units}, embedding ${embedding}), so this network begins with random weights.`;
}

/** @param optimizer that goes on; what another one remembers is of no use to it. */
export function startFrom(model: Model, optimizer: Optimizer): Start {
  return {
    specification: model.specification,
    vocabulary: Vocabulary.fromSymbols(model.vocabulary),
    weights: model.weights,
    optimizer: model.training.optimizer === optimizer ? model.optimizer : null,
    state: model.state,
    record: model.training,
    seed: model.training.seed,
  };
}

/**
 * How far the training is. A model's last run goes on where the files, the batches and the optimizer are the same and
 * its limits count from the model's beginning; otherwise a new run begins, with the learning rate of its first epoch.
 */
export function initialState(start: Start, streams: Streams, request: TrainingRequest): TrainingState {
  const { record, state, optimizer } = start;
  const { options, limits } = request;
  if (!record) return newState(options.optimizer, start.seed, start.isFromBase);
  const { resume } = record;
  const goesOn = resume?.fingerprint === streams.fingerprint && state !== null && optimizer !== null;
  return fromRecord(record, options.optimizer, {
    windowsDone: goesOn && resume.windowsDone < streams.windows ? resume.windowsDone : 0,
    isSameRun: goesOn && limits === 'total',
  });
}

/** Gives a network the weights, moments and carried state to begin with. */
export function initialize(
  network: TrainableNetwork,
  start: Start,
  { windowsDone, optimizer }: TrainingState,
): void {
  network.setWeights(start.weights);
  network.setOptimizerState(start.optimizer ?? initialOptimizerState(start.specification, optimizer));
  if (windowsDone > 0 && start.state) network.setState(start.state);
}

/** What to say when a model does not go on exactly as the options and files would have it, else undefined. */
export function resumeNote(start: Start, streams: Streams, options: TrainingOptions): Message | undefined {
  if (!start.record) return start.note;
  const notes: Message[] = [];
  const { specification } = start;
  const asked = specificationFor(options, specification.vocabularySize);
  const differing = (['cell', 'layers', 'units', 'embedding', 'dropout'] as const).filter(
    (field) => asked[field] !== specification[field],
  );
  if (differing.length > 0) {
    const kept = differing.map((field) => `${field} ${specification[field]}`).join(', ');
    notes.push(message`The model keeps the network it has (${kept}), whatever the options say.`);
  }
  if (asked.prior !== specification.prior) {
    notes.push(
      specification.prior
        ? message`The model goes on being trained jointly with a context model of the files, as it was begun.`
        : message`The model goes on being trained by itself, without a context model, as it was begun.`,
    );
  }
  if (options.seed !== start.seed) {
    notes.push(message`The model keeps its seed, ${start.seed}, so that the same files stay held out.`);
  }
  if (start.record.optimizer !== options.optimizer) {
    notes.push(
      message`The model was trained with ${start.record.optimizer} so far, so ${options.optimizer} begins without moments.`,
    );
  } else if (!start.optimizer) {
    notes.push(message`The model file holds no optimizer moments, so they begin at zero.`);
  }
  if (start.record.resume?.fingerprint !== streams.fingerprint) {
    notes.push(
      message`The files or the batches changed since the last training, so a new epoch begins with the characters the model knows.`,
    );
  }
  const [first, ...others] = notes;
  return others.reduce<Message | undefined>((before, note) => before && message`${before} ${note}`, first);
}
