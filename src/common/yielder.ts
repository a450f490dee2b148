import { setImmediate } from 'node:timers/promises';

/** Longest stretch of work without letting the event loop turn, in milliseconds. */
const LONGEST_STRETCH = 4;

/** Keeps long work from holding the event loop: the work asks `due` often, and awaits `turn` when it is. */
export class Pace {
  readonly signal: AbortSignal | undefined;
  private since = performance.now();
  private turning: Promise<void> | undefined;

  constructor(signal: AbortSignal | undefined) {
    this.signal = signal;
  }

  get due(): boolean {
    return performance.now() - this.since >= LONGEST_STRETCH;
  }

  /** Lets the event loop turn once, for all who wait together; throws the signal's reason when aborted. */
  async turn(): Promise<void> {
    this.turning ??= setImmediate().then(() => {
      this.turning = undefined;
      this.since = performance.now();
    });
    await this.turning;
    this.signal?.throwIfAborted();
  }
}
