import { type ErrorAction, UserFacingError } from '../../common/errors.ts';
import { NoModelError } from '../../completion/index.ts';
import { button } from '../command-ids.ts';

/** The button that an error is shown with, besides the log's; undefined where there is no remedy at hand. */
export function remedyFor(error: unknown): ErrorAction | undefined {
  if (error instanceof NoModelError) return error.kind === 'noModel' ? button('Train', 'train') : undefined;
  return error instanceof UserFacingError ? error.action : undefined;
}
