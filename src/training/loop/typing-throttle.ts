import { setImmediate } from 'node:timers/promises';
import { sleep } from '../../common/sleep.ts';

/** A suggestion is asked for about 60 ms after a key and takes some more; so long after it the processor is left alone. */
const REST_AFTER_KEY = 150;
/** Somebody who never stops typing must not keep a training from going on: a step after so many milliseconds at the latest. */
const LONGEST_REST = 600;

/** Makes a training rest between two steps while somebody types. It changes when steps are taken, never what they compute. */
export class Courtesy {
  private typedAt = -Infinity;

  /** A key was pressed just now. */
  noteTyping(): void {
    this.typedAt = performance.now();
  }

  /** To be awaited between steps: lets messages in, and rests if need be; not longer than until `signal` is aborted. */
  async rest(signal: AbortSignal): Promise<void> {
    await setImmediate();
    const begin = performance.now();
    while (!signal.aborted) {
      const now = performance.now();
      const left = Math.min(this.typedAt + REST_AFTER_KEY, begin + LONGEST_REST) - now;
      if (left <= 0) return;
      await sleep(left, signal);
    }
  }
}
