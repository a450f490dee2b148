import { vi } from 'vitest';
import { MAX_WAIT_MS } from './waits.ts';

/** Settles once `check` returns without throwing or rejecting. It is tried again and again, at fake times, too. */
export async function untilPasses(check: () => unknown, timeout = MAX_WAIT_MS): Promise<void> {
  await vi.waitFor(check, { timeout, interval: 10 });
}

/** Settles once `isSo` returns true. */
export async function until(isSo: () => boolean): Promise<void> {
  await vi.waitUntil(isSo, { timeout: MAX_WAIT_MS, interval: 10 });
}
