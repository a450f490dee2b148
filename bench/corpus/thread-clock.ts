/**
 * Measures how long the event loop of this thread is held. A turn counts its time or its processor time, whichever is
 * less: other programs make the former longer, and the system counts the latter in ticks of some milliseconds.
 */
export class ThreadClock {
  private last = now();
  private longest = 0;
  private readonly timer = setInterval(() => this.noteTurn(), 1);

  /** The longest turn of the event loop since the last call, in milliseconds. */
  takeLongestHold(): number {
    this.noteTurn();
    const { longest } = this;
    this.longest = 0;
    return longest;
  }

  end(): void {
    clearInterval(this.timer);
  }

  private noteTurn(): void {
    const { last } = this;
    this.last = now();
    const turn = Math.min(this.last.time - last.time, this.last.processor - last.processor);
    this.longest = Math.max(this.longest, turn);
  }
}

/** In milliseconds. */
function now(): { readonly time: number; readonly processor: number } {
  const { user, system } = process.threadCpuUsage();
  return { time: performance.now(), processor: (user + system) / 1000 };
}
