import { setImmediate } from 'node:timers/promises';

/** Longest stretch of work without letting the event loop turn, in milliseconds. */
const LONGEST_STRETCH = 4;

/** Keeps long work from holding the event loop: the work asks `due` often, and awaits `turn` when it is. */
export class Pace {
  readonly signal: AbortSignal | undefined;
  private since = performance.now();

  constructor(signal: AbortSignal | undefined) {
    this.signal = signal;
  }

  get due(): boolean {
    return performance.now() - this.since >= LONGEST_STRETCH;
  }

  /** Lets the event loop turn once; throws the signal's reason when aborted. */
  async turn(): Promise<void> {
    await setImmediate();
    this.signal?.throwIfAborted();
    this.since = performance.now();
  }
}
