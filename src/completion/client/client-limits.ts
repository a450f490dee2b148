import type { RestartLimits } from '../../common/rpc/worker-rpc.ts';

export interface ClientLimits extends RestartLimits {
  /** Time after which the answer to a request made while typing comes too late. */
  readonly automaticDeadlineMs: number;
  /** The same for a request made by hand. */
  readonly explicitDeadlineMs: number;
}

export const DEFAULT_LIMITS: ClientLimits = {
  automaticDeadlineMs: 1000,
  explicitDeadlineMs: 5000,
  restartDelayMs: 250,
  maxCrashes: 5,
};

/** Longest time that commands wait for a model to load. */
export const MAX_LOADING_MS = 10_000;

/** Time after which the answer to a request for a suggestion comes too late, in ms. */
export function deadlineOf(limits: ClientLimits, isExplicit: boolean): number {
  return isExplicit ? limits.explicitDeadlineMs : limits.automaticDeadlineMs;
}
