/** Bytes of shared memory that a barrier takes. */
export const BARRIER_BYTES = 12;

/** Int32 fields of a barrier. */
const ARRIVED = 0;
const GENERATION = 1;
const FAILED = 2;

/** Polls of the barrier before a thread blocks in `Atomics.wait`: some tens of microseconds. */
const SPIN_ITERATIONS = 5000;
/** Length of one blocking wait. */
const WAIT_MS = 1000;
/** After this time a barrier that not all threads reached counts as failed. */
const TIMEOUT_MS = 120_000;

/** Lets threads that share a memory wait for each other. */
export class Barrier {
  private readonly threads: number;
  private readonly fields: Int32Array;

  /** @param start byte offset of BARRIER_BYTES bytes, zero at first. */
  constructor(buffer: SharedArrayBuffer, start: number, threads: number) {
    this.threads = threads;
    this.fields = new Int32Array(buffer, start, BARRIER_BYTES / 4);
  }

  /**
   * Returns when all threads have called this. Everything they wrote before is then visible to all of them.
   * @param timeout milliseconds; `Infinity` for a thread that waits for its next command.
   * @throws Error when a thread has failed, or the time is over.
   */
  wait(timeout = TIMEOUT_MS): void {
    if (this.threads === 1) return;
    const { fields } = this;
    const generation = Atomics.load(fields, GENERATION);
    if (Atomics.add(fields, ARRIVED, 1) === this.threads - 1) {
      Atomics.store(fields, ARRIVED, 0);
      this.wake();
    } else {
      const isOver = () => Atomics.load(fields, GENERATION) !== generation || this.hasFailed;
      for (let i = 0; i < SPIN_ITERATIONS && !isOver(); i++);
      for (let waited = 0; !isOver(); waited += WAIT_MS) {
        Atomics.wait(fields, GENERATION, generation, WAIT_MS);
        if (waited >= timeout) this.fail();
      }
    }
    if (this.hasFailed) throw new Error('a training thread failed');
  }

  /** Makes every present and later `wait` throw, because a thread will not arrive. */
  fail(): void {
    Atomics.store(this.fields, FAILED, 1);
    this.wake();
  }

  private get hasFailed(): boolean {
    return Atomics.load(this.fields, FAILED) !== 0;
  }

  private wake(): void {
    Atomics.add(this.fields, GENERATION, 1);
    Atomics.notify(this.fields, GENERATION);
  }
}
