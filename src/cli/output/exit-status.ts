/** Exit statuses, which scripts rely on. */
export const EXIT_STATUS = { done: 0, failed: 1, wrongUsage: 2, interrupted: 130 } as const;

export type ExitStatus = (typeof EXIT_STATUS)[keyof typeof EXIT_STATUS];

/** A mistake in the command line; the message is one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
