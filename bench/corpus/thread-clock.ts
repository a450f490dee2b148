/** Measures how long the event loop of this thread is held, in processor time, so that other programs do not count. */
export class ThreadClock {
  private last = microseconds();
  private longest = 0;
  private readonly timer = setInterval(() => this.noteTurn(), 1);

  /** The longest turn of the event loop since the last call, in milliseconds of processor time. */
  takeLongestHold(): number {
    this.noteTurn();
    const milliseconds = this.longest / 1000;
    this.longest = 0;
    return milliseconds;
  }

  end(): void {
    clearInterval(this.timer);
  }

  private noteTurn(): void {
    const now = microseconds();
    this.longest = Math.max(this.longest, now - this.last);
    this.last = now;
  }
}

function microseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}
