/** Work in pieces; each `yield` is a place where other work may come in between. */
export type Work = Generator<void, void, void>;

interface Job {
  readonly work: Work;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** How long a turn works before others are let in, in ms. */
const TURN = 4;

/** Work in the background, one job after the other in the order they came, a turn of the event loop at a time. */
export class Turns {
  private readonly jobs: Job[] = [];
  private isTurnDue = false;

  /** Resolves when the job is done; rejects with what it threw. */
  run(work: Work): Promise<void> {
    const finished = new Promise<void>((done, failed) => this.jobs.push({ work, done, failed }));
    this.requestTurn();
    return finished;
  }

  /** Does at once all that waits. */
  drain(): void {
    while (this.jobs.length > 0) this.step();
  }

  /** Does at once all that waits, and then this; throws what it throws. */
  runNow(work: Work): void {
    this.drain();
    let isDone: boolean | undefined = false;
    while (!isDone) isDone = work.next().done;
  }

  /** Ends all that waits, unfinished; its promises resolve. */
  clear(): void {
    for (const { work, done } of this.jobs.splice(0)) {
      work.return();
      done();
    }
  }

  private requestTurn(): void {
    if (this.isTurnDue) return;
    this.isTurnDue = true;
    setImmediate(() => {
      this.isTurnDue = false;
      const end = performance.now() + TURN;
      while (this.jobs.length > 0 && performance.now() < end) this.step();
      if (this.jobs.length > 0) this.requestTurn();
    });
  }

  private step(): void {
    const job = this.jobs[0];
    try {
      if (!job.work.next().done) return;
      job.done();
    } catch (error) {
      job.failed(error);
    }
    this.jobs.shift();
  }
}
