import { UserFacingError } from '../../common/errors.ts';
import { type Message, message } from '../../common/localization/message.ts';
import type { WorkerExit } from '../../common/rpc/worker-channel.ts';
import type { ModelSummary } from '../worker/protocol.ts';

/** The state of the model in the suggestion worker, for the status item. */
export type WorkerStatus =
  | { readonly kind: 'noModel' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly summary: ModelSummary }
  | { readonly kind: 'failed'; readonly sentence: Message | string };

/** The error of samples whose model was removed while they were written. */
export const MODEL_REMOVED = message`The model was removed before the sample was complete; train one and try again.`;

/** The status's sentence after the worker ended. */
export function exitSentence(kind: WorkerExit['kind'], reason: string, willRestart: boolean): Message {
  if (kind === 'version') {
    return message`The suggestion worker is of another version of Char-RNN than this window, so suggestions are off; reload the window.`;
  }
  return willRestart
    ? message`The suggestion worker stopped unexpectedly (${reason}) and is being started again; wait a moment.`
    : message`The suggestion worker keeps stopping (${reason}), so suggestions are off; reload the window or train again to try once more.`;
}

/** What requests are rejected with that the worker left unanswered when it ended; only samples show it. */
export function incompleteError({ reason }: Pick<WorkerExit, 'reason'>): UserFacingError {
  return new UserFacingError(
    message`The sample is incomplete because the suggestion worker stopped unexpectedly (${reason}); try again in a moment.`,
  );
}

/** Why no sample can be written in a status other than `ready`. */
export function noModelError(status: WorkerStatus): UserFacingError {
  if (status.kind === 'failed') return new UserFacingError(status.sentence);
  if (status.kind === 'loading') {
    return new UserFacingError(message`The model is still being loaded; try again in a moment.`);
  }
  return new UserFacingError(
    message`There is no model to write a sample with because none was trained yet; train one first.`,
    { code: 'no-model' },
  );
}
