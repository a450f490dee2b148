import { setImmediate } from 'node:timers/promises';

/** Short enough that an editor's messages are answered without a pause that anybody notices. */
const DEFAULT_STRETCH_MS = 4;

/**
 * Keeps long work from blocking the event loop. The work checks `isDue` often, which reads the clock,
 * and awaits `yield` when it is true.
 */
export class Yielder {
  readonly signal: AbortSignal | undefined;
  private readonly stretchMs: number;
  private since = performance.now();
  private pending: Promise<void> | undefined;

  /**
   * @param signal ends the work at its next `yield`.
   * @param stretchMs milliseconds of work between two yields.
   */
  constructor(signal: AbortSignal | undefined, stretchMs = DEFAULT_STRETCH_MS) {
    this.signal = signal;
    this.stretchMs = stretchMs;
  }

  /** Whether the work has held the event loop for the whole stretch. */
  get isDue(): boolean {
    return performance.now() - this.since >= this.stretchMs;
  }

  /**
   * Lets the event loop handle what is pending, once for all callers that wait at the same time.
   * @throws the signal's reason when aborted.
   */
  async yield(): Promise<void> {
    this.pending ??= setImmediate().then(() => {
      this.pending = undefined;
      this.since = performance.now();
    });
    await this.pending;
    this.signal?.throwIfAborted();
  }
}
