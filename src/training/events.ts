import type { SkippedFile } from '../corpus/index.ts';
import type { WritingSample } from '../model/index.ts';

/** What training tells while it runs. Losses are nats per symbol, speeds symbols per second. */
export type TrainingEvent =
  | { readonly event: 'reading'; readonly filesSeen: number; readonly charactersRead: number }
  | {
      readonly event: 'corpus';
      readonly files: number;
      readonly characters: number;
      /** Files held out for validation, of `files`. */
      readonly validationFiles: number;
      readonly vocabularySize: number;
      readonly leftOut: readonly SkippedFile[];
    }
  /** A memory learns the files and reads what the network is measured on, before a joint training starts; 0 to 1. */
  | { readonly event: 'remembering'; readonly fraction: number }
  | {
      readonly event: 'started';
      readonly engine: string;
      readonly engineReason: string;
      readonly parameters: number;
      /** As used, which may be less than asked for on a small corpus. */
      readonly batchSize: number;
      readonly stepsPerEpoch: number;
      /** Steps the model had already; 0 for a new one. */
      readonly resumedFromStep: number;
      /** A sentence when resuming could not go on exactly (the files changed), else absent. */
      readonly note?: string;
    }
  | {
      readonly event: 'step';
      /** Optimiser steps taken before; the last event, `step` N of N, follows the last update. */
      readonly step: number;
      /** Epochs finished. */
      readonly epoch: number;
      /** Of the batch before its update. */
      readonly loss: number;
      /** Global L2 norm before clipping; absent in the last event, which follows the last update. */
      readonly gradientNorm?: number;
      /** Of the epoch. */
      readonly learningRate: number;
      /** Over the last few seconds. */
      readonly charactersPerSecond: number;
      /** Part of this training that is done, 0 to 1, by whichever limit is nearest. */
      readonly fraction: number;
      readonly secondsLeft: number;
    }
  | { readonly event: 'validation'; readonly step: number; readonly bitsPerCharacter: number }
  | ({ readonly event: 'sample' } & WritingSample)
  /** `step` is that of the weights in the file, which may be before the present step. */
  | { readonly event: 'checkpoint'; readonly step: number; readonly path: string }
  /** A checkpoint could not be written, as the sentence `reason` says; the next one tries again. */
  | { readonly event: 'checkpointFailed'; readonly step: number; readonly reason: string }
  | TrainingDone;

export interface TrainingDone {
  readonly event: 'done';
  readonly engine: string;
  /** Steps taken since the model was new. */
  readonly steps: number;
  /**
   * Of the batch that would come next, after the last update; when interrupted, of the last batch before its
   * update, and NaN before the first step.
   */
  readonly loss: number;
  /** What the weights in the file cost on the held-out files; null where nothing was measured. */
  readonly bitsPerCharacter: number | null;
  /** Mean over this run's training steps; 0 where there were none. */
  readonly charactersPerSecond: number;
  /** From this run's start, with reading, validation and checkpoints. */
  readonly seconds: number;
  /** `converged`: the held-out files are predicted no better any more; the best weights were kept. */
  readonly ending: 'epochs' | 'steps' | 'minutes' | 'converged' | 'interrupted';
  /** Why this engine. */
  readonly engineReason: string;
  /** The step of the weights in the file, which are the best by held-out bits. */
  readonly savedStep: number;
  /** False where the resumed model predicts the held-out files better than anything this run made of it. */
  readonly hasImproved: boolean;
}
