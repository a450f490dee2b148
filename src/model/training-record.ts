import type { RandomState } from './random.ts';
import type { Tensors } from './tensors.ts';

export type Optimizer = 'adam' | 'rmsprop' | 'adagrad' | 'sgd';

/** The position inside an epoch where training stopped, so that it can be resumed bit for bit. */
export interface ResumePoint {
  /** Hash of the training symbols and the stream layout. If it differs, training starts a new epoch instead. */
  readonly fingerprint: string;
  /** Windows of the current epoch already trained on. */
  readonly windowsDone: number;
  /** Epochs that were finished when the run began whose learning rate decays; left out: 0. */
  readonly firstEpoch?: number;
  /** Whether the model began with the base network; left out: no. */
  readonly isFromBase?: boolean;
  /** State of the generator that draws dropout masks. */
  readonly random: RandomState;
}

/** The history of a model, as stored in its file. */
export interface TrainingRecord {
  /** Optimiser steps taken in all. */
  readonly steps: number;
  /** Epochs finished. */
  readonly epochs: number;
  /** Symbols trained on, repeats counted. */
  readonly characters: number;
  /** Seconds spent in training steps. */
  readonly seconds: number;
  readonly optimizer: Optimizer;
  /** Learning rate at the first epoch, and its factor per epoch. */
  readonly learningRate: number;
  readonly learningRateDecay: number;
  readonly batchSize: number;
  readonly sequenceLength: number;
  readonly seed: number;
  /** Engine that ran last, and why it was chosen. */
  readonly engine: string;
  readonly engineReason: string;
  /** ISO 8601 time of the last checkpoint. */
  readonly savedAt: string;
  /** Training loss in nats, thinned to at most 1,000 points. */
  readonly losses: readonly { readonly step: number; readonly loss: number }[];
  /** Held-out bits per character, thinned likewise. */
  readonly validations: readonly { readonly step: number; readonly bitsPerCharacter: number }[];
  /** Samples written during training, at most `MAX_SAMPLES`, by rising step. */
  readonly samples: readonly WritingSample[];
  readonly resume: ResumePoint | null;
}

/** Samples that a model file keeps at the most. */
export const MAX_SAMPLES = 64;
/** UTF-16 units of a sample at the most: room for 500 characters. */
export const MAX_SAMPLE_LENGTH = 1_000;

/** A text that the network wrote at some step of its training. */
export interface WritingSample {
  readonly step: number;
  /** Epochs done, with their fraction. */
  readonly epoch: number;
  /** Training loss then, in nats. */
  readonly loss: number;
  readonly text: string;
}

/**
 * An optimiser's state. `moments` maps `<moment>.<parameter>` to an array shaped like the parameter,
 * with PyTorch's names for the moments: `exp_avg` and `exp_avg_sq` for Adam, `square_avg` for RMSProp, `sum` for
 * Adagrad, none for SGD.
 */
export interface OptimizerState {
  readonly steps: number;
  readonly moments: Tensors;
}
