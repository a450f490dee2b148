import type { SkippedFile } from '../../corpus/index.ts';
import type { ErrorAction } from '../../common/errors.ts';
import type { TrainingEvent } from '../events.ts';
import type { TrainingRequest } from '../options.ts';

/** Messages between the extension host and the forked training process (structured clone). */
export type ToTrainingProcess =
  | { readonly type: 'train'; readonly request: TrainingRequest }
  | { readonly type: 'stop' }
  /** Somebody is typing, so training should rest for a moment; at most every 50 ms. */
  | { readonly type: 'typing' };

export type FromTrainingProcess =
  | { readonly type: 'ready' }
  /** A part of the `leftOut` of the `corpus` event that follows: all at once would hold the parent for long. */
  | { readonly type: 'leftOut'; readonly leftOut: readonly SkippedFile[] }
  /** `step` events are thinned to about four a second. */
  | { readonly type: 'event'; readonly event: TrainingEvent }
  /** The training ended with an error; the process exits after it. `detail` is for the log. */
  | {
      readonly type: 'failed';
      readonly sentence: string;
      readonly detail: string;
      readonly action?: ErrorAction;
      /** Of a `UserFacingError`. */
      readonly code?: string;
    };
