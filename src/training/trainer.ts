import type { TrainingDone, TrainingEvent } from './events.ts';
import type { TrainingRequest } from './options.ts';

/**
 * Trains: reads the corpus, goes on from the model file or starts anew, checkpoints by time and at epoch ends.
 * Aborting `signal` ends it within a second, after a checkpoint, with ending `interrupted`.
 * Holds the model's lock throughout.
 * @throws UserFacingError when it cannot start or go on; the last checkpoint is intact.
 */
export function train(
  _request: TrainingRequest,
  _context: { signal?: AbortSignal; onEvent?: (event: TrainingEvent) => void } = {},
): Promise<TrainingDone> {
  throw new Error('in progress');
}
