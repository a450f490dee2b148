import type { LeftOut } from '../corpus/index.ts';

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
      readonly leftOut: readonly LeftOut[];
    }
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
      readonly step: number;
      readonly epoch: number;
      readonly loss: number;
      readonly charactersPerSecond: number;
      /** Part of this training that is done, 0 to 1, by whichever limit is nearest. */
      readonly fraction: number;
      readonly secondsLeft: number;
    }
  | { readonly event: 'validation'; readonly step: number; readonly bitsPerCharacter: number }
  | { readonly event: 'checkpoint'; readonly step: number; readonly path: string }
  | TrainingDone;

export interface TrainingDone {
  readonly event: 'done';
  readonly engine: string;
  readonly steps: number;
  /** Loss of the batch after the last update. */
  readonly loss: number;
  /** On the held-out files; null where nothing is held out. */
  readonly bitsPerCharacter: number | null;
  readonly charactersPerSecond: number;
  readonly seconds: number;
  readonly ending: 'epochs' | 'steps' | 'minutes' | 'interrupted';
}
