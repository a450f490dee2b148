import type { FromWorker, ToWorker } from '../../common/rpc/rpc-protocol.ts';
import type { SkippedFile } from '../../corpus/index.ts';
import type { LearntFile, TrainingDone, TrainingEvent } from '../events.ts';
import type { TrainingRequest } from '../options.ts';

/** Raised with every change of the messages: after an update, a window may start a process of another version. */
export const TRAINING_PROTOCOL_VERSION = 2;

/** Streamed during a training; the event `done` is the result of the request instead. */
export type TrainingPart =
  /** Some of the `leftOut` of the `corpus` event that follows: all at once would block the parent for long. */
  | { readonly type: 'skipped'; readonly files: readonly SkippedFile[] }
  /** Some of its `learnt`, likewise. */
  | { readonly type: 'learnt'; readonly files: readonly LearntFile[] }
  /** `step` events are throttled to about four a second. */
  | { readonly type: 'event'; readonly event: TrainingEvent };

/** Messages between the extension host and the forked training process, which trains once and ends. */
export interface TrainingProtocol {
  readonly requests: {
    /** Cancelled, it saves, ends and is answered all the same. */
    readonly train: {
      readonly params: TrainingRequest;
      readonly result: TrainingDone;
      readonly part: TrainingPart;
    };
  };
  /** Somebody is typing, so training should rest for a moment; at most every 50 ms. */
  readonly notices: { readonly type: 'typing' };
  readonly events: never;
}

export type ToTrainingProcess = ToWorker<TrainingProtocol>;
export type FromTrainingProcess = FromWorker<TrainingProtocol>;
