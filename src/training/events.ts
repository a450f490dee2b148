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
  | { readonly event: 'checkpoint'; readonly step: number; readonly path: string }
  | TrainingDone;

export interface TrainingDone {
  readonly event: 'done';
  readonly engine: string;
  readonly steps: number;
  /**
   * Of the batch that would come next, after the last update; when interrupted, of the last batch before its
   * update, and NaN before the first step.
   */
  readonly loss: number;
  /** On the held-out files; null where nothing is held out. */
  readonly bitsPerCharacter: number | null;
  /** Mean over this run's training steps; 0 where there were none. */
  readonly charactersPerSecond: number;
  /** From this run's start, with reading, validation and checkpoints. */
  readonly seconds: number;
  /** `converged`: the held-out files are predicted no better any more; the best weights were kept. */
  readonly ending: 'epochs' | 'steps' | 'minutes' | 'converged' | 'interrupted';
  /** Why this engine. */
  readonly engineReason: string;
}
