import { UserFacingError } from '../../common/errors.ts';
import { message } from '../../common/localization/message.ts';

/** That a model cannot be `done` now, because a training works on it. */
export function trainingRunsError(done: 'deleted' | 'replaced'): UserFacingError {
  return new UserFacingError(
    done === 'deleted'
      ? message`The Char-RNN model is being trained, so it was not deleted; stop the training first.`
      : message`The Char-RNN model is being trained, so it was not replaced; stop the training first.`,
    { code: 'training-runs' },
  );
}
