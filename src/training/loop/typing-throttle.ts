import { setImmediate } from 'node:timers/promises';
import { sleep } from '../../common/sleep.ts';

/** Pause after a keystroke: covers the 60 ms after which a suggestion is asked for, and its computation. */
const PAUSE_AFTER_KEY_MS = 150;
/** Longest pause between two steps, so that a training goes on under somebody who never stops typing. */
const MAX_PAUSE_MS = 600;

/**
 * Pauses a training between steps while somebody types, 600 ms at most per pause. It affects when steps are taken,
 * never what they compute.
 */
export class TypingThrottle {
  private typedAt = -Infinity;

  /** A key was pressed just now. */
  noteTyping(): void {
    this.typedAt = performance.now();
  }

  /** Lets the event loop handle messages, then pauses where somebody types. Ends early when `signal` is aborted. */
  async wait(signal: AbortSignal): Promise<void> {
    await setImmediate();
    const begin = performance.now();
    while (!signal.aborted) {
      const now = performance.now();
      const left = Math.min(this.typedAt + PAUSE_AFTER_KEY_MS, begin + MAX_PAUSE_MS) - now;
      if (left <= 0) return;
      await sleep(left, signal);
    }
  }
}
