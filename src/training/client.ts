import type { TrainingDone, TrainingEvent } from './events.ts';
import type { TrainingRequest } from './options.ts';

/** A training under way in a process of its own. */
export interface TrainingRun {
  /**
   * Settles when the process is gone: with the `done` event (also after `stop`), or rejected with a
   * `UserFacingError` that says whether it failed, crashed or was killed, and that the last checkpoint is intact.
   */
  readonly finished: Promise<TrainingDone>;
  readonly pid: number | undefined;
  /** Asks it to checkpoint and end; kills it if it has not within ten seconds. */
  stop(): void;
}

/**
 * Forks the training process.
 * @param processPath the bundled `training-process.cjs`.
 * @param onLog receives lines for the log channel (the child's standard error, exit codes).
 */
export function startTraining(
  _processPath: string,
  _request: TrainingRequest,
  _context: { onEvent: (event: TrainingEvent) => void; onLog: (line: string) => void },
): TrainingRun {
  throw new Error('in progress');
}
