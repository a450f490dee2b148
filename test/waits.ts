/**
 * How long a test waits for what comes in its own time. Far longer than anything takes, because the machine may be busy
 * with ten other things; only what never comes takes this long.
 */
export const MAX_WAIT_MS = 120_000;

/** Ends tests and hooks that hang: room for several waits that come to nothing, each with its own message. */
export const TEST_TIMEOUT_MS = 900_000;

/** Vitest's limits, for each of the configurations. */
export const LIMITS = {
  testTimeout: TEST_TIMEOUT_MS,
  hookTimeout: TEST_TIMEOUT_MS,
  expect: { poll: { timeout: MAX_WAIT_MS, interval: 10 } },
} as const;
