/** Work in slices: at each `yield` other work may come in between. */
export type Job = Generator<void, void, void>;

interface QueuedJob {
  readonly job: Job;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** How long the queue works before it lets the event loop go on. */
const TURN_MS = 4;

/** Runs jobs in the background, one after the other in the order they came, for a few milliseconds at a time. */
export class JobQueue {
  private readonly queue: QueuedJob[] = [];
  private isTurnScheduled = false;

  /** Resolves when the job is done; rejects with what it threw. */
  run(job: Job): Promise<void> {
    const finished = new Promise<void>((done, failed) => this.queue.push({ job, done, failed }));
    this.scheduleTurn();
    return finished;
  }

  /** Runs everything that is queued, and then this job, before it returns; throws what the job throws. */
  runNow(job: Job): void {
    while (this.queue.length > 0) this.step();
    let isDone: boolean | undefined = false;
    while (!isDone) isDone = job.next().done;
  }

  /** Ends everything that is queued, unfinished; its promises resolve. */
  clear(): void {
    for (const { job, done } of this.queue.splice(0)) {
      job.return();
      done();
    }
  }

  private scheduleTurn(): void {
    if (this.isTurnScheduled) return;
    this.isTurnScheduled = true;
    setImmediate(() => {
      this.isTurnScheduled = false;
      const end = performance.now() + TURN_MS;
      while (this.queue.length > 0 && performance.now() < end) this.step();
      if (this.queue.length > 0) this.scheduleTurn();
    });
  }

  private step(): void {
    const { job, done, failed } = this.queue[0];
    try {
      if (!job.next().done) return;
      done();
    } catch (error) {
      failed(error);
    }
    this.queue.shift();
  }
}
