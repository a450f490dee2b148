import { RandomGenerator } from '../../model/index.ts';
import type { Optimizer, RandomState, TrainingRecord } from '../../model/index.ts';
import type { TrainingOptions } from '../options.ts';

/** Keeps dropout masks from repeating the random numbers that the initial weights were drawn with. */
const MASK_SEED_OFFSET = 0x6d61736b;

/** What is kept of the past for people to look at; it has no influence on the training. */
export type TrainingHistory = Pick<TrainingRecord, 'losses' | 'validations' | 'samples'>;

/** How far a training is. With the weights, the moments and the carried state it is all that resuming needs. */
export interface TrainingState {
  /** Optimiser steps taken since the model was new. */
  readonly step: number;
  /** Epochs finished since the model was new. */
  readonly epoch: number;
  /** Windows of the present epoch that are trained on already. */
  readonly windowsDone: number;
  /** Epochs that were finished when this run began. The learning rate decays from there. */
  readonly firstEpoch: number;
  /** Whether the model began with the base network. */
  readonly isFromBase: boolean;
  /** Symbols trained on since the model was new. */
  readonly characters: number;
  /** Seconds spent in training steps since the model was new. */
  readonly seconds: number;
  /** Of the generator of dropout masks. */
  readonly random: RandomState;
  /** The one whose moments the network carries. */
  readonly optimizer: Optimizer;
  readonly history: TrainingHistory;
}

/** What a model file says of a run besides its state. */
export interface RunDescription {
  readonly options: TrainingOptions;
  readonly seed: number;
  readonly streams: {
    readonly batchSize: number;
    readonly sequenceLength: number;
    readonly fingerprint: string;
  };
  readonly engine: string;
  readonly engineReason: string;
}

/** The state of a new network. */
export function newState(optimizer: Optimizer, seed: number, isFromBase = false): TrainingState {
  return {
    step: 0,
    epoch: 0,
    windowsDone: 0,
    firstEpoch: 0,
    isFromBase,
    characters: 0,
    seconds: 0,
    random: new RandomGenerator(seed + MASK_SEED_OFFSET).state,
    optimizer,
    history: { losses: [], validations: [], samples: [] },
  };
}

/**
 * The state of a model that is trained on.
 * @param optimizer the one that trains it now.
 * @param resumption `windowsDone` of the present epoch that need no training any more, and whether the run that made
 * the model goes on, with the learning rate that it had, or a new run begins.
 */
export function fromRecord(
  record: TrainingRecord,
  optimizer: Optimizer,
  resumption: { readonly windowsDone: number; readonly isSameRun: boolean },
): TrainingState {
  const { resume, losses, validations, samples } = record;
  return {
    ...newState(optimizer, record.seed, resume?.isFromBase),
    step: record.steps,
    epoch: record.epochs,
    windowsDone: resumption.windowsDone,
    firstEpoch: resumption.isSameRun ? (resume?.firstEpoch ?? 0) : record.epochs,
    characters: record.characters,
    seconds: record.seconds,
    ...(resume && { random: resume.random }),
    history: { losses, validations, samples },
  };
}

/** The training record of a model file, saved now. */
export function toRecord(state: TrainingState, run: RunDescription): TrainingRecord {
  const { options, streams } = run;
  return {
    steps: state.step,
    epochs: state.epoch,
    characters: state.characters,
    seconds: state.seconds,
    optimizer: state.optimizer,
    learningRate: options.learningRate,
    learningRateDecay: options.learningRateDecay,
    batchSize: streams.batchSize,
    sequenceLength: streams.sequenceLength,
    seed: run.seed,
    engine: run.engine,
    engineReason: run.engineReason,
    savedAt: new Date().toISOString(),
    ...state.history,
    resume: {
      fingerprint: streams.fingerprint,
      windowsDone: state.windowsDone,
      ...(state.firstEpoch > 0 && { firstEpoch: state.firstEpoch }),
      ...(state.isFromBase && { isFromBase: true }),
      random: state.random,
    },
  };
}
