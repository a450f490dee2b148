import type { SkippedFile } from '../corpus/index.ts';
import type { Message } from '../common/localization/message.ts';
import type { WritingSample } from '../model/index.ts';
import type { BitsPerCharacter } from './data/evaluation.ts';

/** What a training reports while it runs. Losses are nats per symbol, speeds symbols per second. */
export type TrainingEvent =
  | { readonly event: 'reading'; readonly filesSeen: number; readonly charactersRead: number }
  | {
      readonly event: 'corpus';
      readonly files: number;
      readonly characters: number;
      /** How many of `files` are held out for validation. */
      readonly validationFiles: number;
      readonly vocabularySize: number;
      /** The `files`, those held out among them. */
      readonly learnt: readonly LearntFile[];
      readonly leftOut: readonly SkippedFile[];
    }
  /** For a joint training, the context model has learnt the files and read the held-out ones to this part, 0 to 1. */
  | { readonly event: 'remembering'; readonly fraction: number }
  | {
      readonly event: 'started';
      readonly engine: string;
      readonly engineReason: string;
      readonly parameters: number;
      /** The one used, which may be less than asked for on a small corpus. */
      readonly batchSize: number;
      readonly stepsPerEpoch: number;
      /** Steps that the model had already; 0 for a new one. */
      readonly resumedFromStep: number;
      /** What to say when resuming could not go on exactly (the files changed), else absent. */
      readonly note?: Message | string;
    }
  | {
      readonly event: 'step';
      /** Optimiser steps taken before; the last event, `step` N of N, follows the last update. */
      readonly step: number;
      /** Epochs finished. */
      readonly epoch: number;
      /** The loss of the batch before its update. */
      readonly loss: number;
      /**
       * In a joint training, for a step on files without priors: the network learns by itself, and the loss is its own.
       */
      readonly isAlone?: true;
      /** Global L2 norm before clipping; absent in the last event, which follows the last update. */
      readonly gradientNorm?: number;
      /** The rate of the step: that of the epoch, or less where a run that is limited by minutes nears its end. */
      readonly learningRate: number;
      /** The mean of the last few seconds. */
      readonly charactersPerSecond: number;
      /** Part of this training that is done, 0 to 1, by whichever limit is nearest. */
      readonly fraction: number;
      readonly secondsLeft: number;
    }
  | ({ readonly event: 'validation'; readonly step: number } & BitsPerCharacter)
  | ({ readonly event: 'sample' } & WritingSample)
  /** `step` is that of the weights in the file, which may be before the present step. */
  | { readonly event: 'checkpoint'; readonly step: number; readonly path: string }
  /** A checkpoint could not be written, as the sentence `reason` says; the next one tries again. */
  | { readonly event: 'checkpointFailed'; readonly step: number; readonly reason: string }
  | TrainingDone;

/** A file of the corpus. */
export interface LearntFile {
  readonly path: string;
  readonly characters: number;
  /** Left out where it is not. */
  readonly isHeldOut?: true;
}

export interface TrainingDone {
  readonly event: 'done';
  readonly engine: string;
  /** Steps taken since the model was new. */
  readonly steps: number;
  /**
   * The loss of the batch that would come next, after the last update; when interrupted, that of the last batch before
   * its update, and NaN before the first step. In a joint training that of the last step with priors instead, where
   * there was one and the next one has none.
   */
  readonly loss: number;
  /** What the weights in the file cost on the held-out files; null where nothing was measured. */
  readonly bitsPerCharacter: number | null;
  /** The mean over this run's training steps; 0 where there were none. */
  readonly charactersPerSecond: number;
  /** The duration of this run, with reading, validation and checkpoints. */
  readonly seconds: number;
  /** `converged`: the held-out files are predicted no better any more; the best weights were kept. */
  readonly ending: 'epochs' | 'steps' | 'minutes' | 'converged' | 'interrupted';
  /** Why this engine was chosen. */
  readonly engineReason: string;
  /** As `bitsPerCharacter`, with the network or the context model alone; absent without one or where nothing was measured. */
  readonly bitsPerCharacterAlone?: number;
  readonly bitsPerCharacterMemory?: number;
  /** The step of the weights in the file, which are the best by held-out bits. */
  readonly savedStep: number;
  /** False where the resumed model predicts the held-out files better than anything this run made of it. */
  readonly hasImproved: boolean;
  /** The run was stopped before anything it made of the resumed model could be measured, so that model is kept. */
  readonly isUnmeasured?: true;
}
