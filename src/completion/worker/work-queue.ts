import { setImmediate } from 'node:timers/promises';

/**
 * Does one piece of work per turn of the event loop, so that messages which arrived meanwhile are received between two
 * pieces, and sleeps while there is none.
 */
export class WorkQueue {
  private readonly next: () => (() => void) | undefined;
  private wake: () => void = () => undefined;
  private isAsleep = false;
  private idle: Promise<void> = Promise.resolve();
  private endIdle: () => void = () => undefined;

  /** @param next the most urgent piece of work; undefined where there is none. */
  constructor(next: () => (() => void) | undefined) {
    this.next = next;
    void this.run();
  }

  /** Settles when there is nothing to do. */
  get whenIdle(): Promise<void> {
    return this.idle;
  }

  /** Wakes the queue, because there is work now. */
  notify(): void {
    if (!this.isAsleep) return;
    this.isAsleep = false;
    this.idle = new Promise((resolve) => (this.endIdle = resolve));
    this.wake();
  }

  private async run(): Promise<never> {
    for (;;) {
      await this.sleep();
      await setImmediate();
      for (let work = this.next(); work; work = this.next()) {
        work();
        await setImmediate();
      }
    }
  }

  private sleep(): Promise<void> {
    this.endIdle();
    this.isAsleep = true;
    return new Promise((resolve) => (this.wake = resolve));
  }
}
