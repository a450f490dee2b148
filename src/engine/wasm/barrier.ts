import type { OptimizerUpdate, Update } from '../engine.ts';

/** Most threads that a network may have. */
export const MAX_THREADS = 256;

/** Integers and doubles before the results: the barrier, the command and its update. */
const HEADER_BYTES = 128;
const DOUBLES_AT = 64;
/** A cache line each, so that threads do not take each other's away. */
const RESULT_BYTES = 64;

/** Floats that it takes. */
export const CONTROL_FLOATS = (HEADER_BYTES + MAX_THREADS * RESULT_BYTES) / 4;

const ARRIVED = 0;
const GENERATION = 1;
const FAILED = 2;
const KIND = 3;
const LENGTH = 4;
const COUNTED = 5;
const DROPOUT = 6;
const BIAS_ENTRIES = 7;

const optimizers = ['adam', 'rmsprop', 'adagrad', 'sgd'] as const;
const kinds = ['train', 'gradients', 'evaluate', 'forward', 'end'] as const;

/** What all threads do together; `end` ends them. */
export interface Command {
  readonly kind: (typeof kinds)[number];
  /** T of the window. */
  readonly length: number;
  /** Counted targets of the whole batch. */
  readonly counted: number;
  readonly dropout: boolean;
  /** K of the batch's prior; 0 without one. */
  readonly biasEntries: number;
}

/** What a thread found out. */
export interface ThreadResult {
  /** Sum over its counted targets, nats. */
  loss: number;
  /** Of its part of the gradient. */
  sumOfSquares: number;
  /** Targets that had the largest logit. */
  correct: number;
}

/** Looks at the barrier before a thread lies down to sleep, some tens of microseconds. */
const SPIN_ITERATIONS = 5000;
/** Milliseconds that it sleeps at a time, and how often it does before it gives the others up: two minutes. */
const WAIT_MS = 1000;
const MAX_WAITS = 120;

/** What threads with one memory tell each other. */
export class Control {
  private readonly threads: number;
  private readonly integers: Int32Array;
  private readonly doubles: Float64Array;
  private readonly results: Float64Array;

  /** @param start byte offset of CONTROL_FLOATS floats, zero at first. */
  constructor(buffer: SharedArrayBuffer, start: number, threads: number) {
    this.threads = threads;
    this.integers = new Int32Array(buffer, start, DOUBLES_AT / 4);
    this.doubles = new Float64Array(buffer, start + DOUBLES_AT, (HEADER_BYTES - DOUBLES_AT) / 8);
    this.results = new Float64Array(buffer, start + HEADER_BYTES, (threads * RESULT_BYTES) / 8);
  }

  get command(): Command {
    const { integers } = this;
    return {
      kind: kinds[integers[KIND]],
      length: integers[LENGTH],
      counted: integers[COUNTED],
      dropout: integers[DROPOUT] === 1,
      biasEntries: integers[BIAS_ENTRIES],
    };
  }

  set command({ kind, length, counted, dropout, biasEntries: priorEntries }: Command) {
    this.integers[KIND] = kinds.indexOf(kind);
    this.integers[LENGTH] = length;
    this.integers[COUNTED] = counted;
    this.integers[DROPOUT] = dropout ? 1 : 0;
    this.integers[BIAS_ENTRIES] = priorEntries;
  }

  /** The update of `train`, and which step of the optimiser it is, from 1. */
  get update(): { readonly update: Update; readonly step: number } {
    const [kind, first, second, epsilon, learningRate, clipNorm, step] = this.doubles;
    const optimizer = optimizerFrom(optimizers[kind], first, second, epsilon);
    return { update: { optimizer, learningRate, clipNorm }, step };
  }

  setUpdate({ learningRate, clipNorm, optimizer }: Update, step: number): void {
    const kind = optimizers.indexOf(optimizer.kind);
    this.doubles.set([kind, ...constantsOf(optimizer), learningRate, clipNorm, step]);
  }

  setResult(thread: number, { loss, sumOfSquares, correct }: ThreadResult): void {
    this.results.set([loss, sumOfSquares, correct], (thread * RESULT_BYTES) / 8);
  }

  /** All threads' results added up, in order. */
  get total(): ThreadResult {
    const total = { loss: 0, sumOfSquares: 0, correct: 0 };
    for (let at = 0; at < this.results.length; at += RESULT_BYTES / 8) {
      total.loss += this.results[at];
      total.sumOfSquares += this.results[at + 1];
      total.correct += this.results[at + 2];
    }
    return total;
  }

  /**
   * Returns when all threads have come here. What they wrote before is there for all of them.
   * @param patient whether to wait for ever, as for the next command.
   * @throws Error when a thread has failed, or seems to be gone.
   */
  wait(patient = false): void {
    if (this.threads === 1) return;
    const { integers } = this;
    const generation = Atomics.load(integers, GENERATION);
    if (Atomics.add(integers, ARRIVED, 1) === this.threads - 1) {
      Atomics.store(integers, ARRIVED, 0);
      this.wake();
    } else {
      const isOver = () => Atomics.load(integers, GENERATION) !== generation || this.hasFailed;
      for (let i = 0; i < SPIN_ITERATIONS && !isOver(); i++);
      for (let slept = 0; !isOver(); slept++) {
        Atomics.wait(integers, GENERATION, generation, WAIT_MS);
        if (slept === MAX_WAITS && !patient) this.fail();
      }
    }
    if (this.hasFailed) throw new Error('a training thread failed');
  }

  /** Lets nobody wait for a thread that will not come. */
  fail(): void {
    Atomics.store(this.integers, FAILED, 1);
    this.wake();
  }

  private get hasFailed(): boolean {
    return Atomics.load(this.integers, FAILED) !== 0;
  }

  private wake(): void {
    Atomics.add(this.integers, GENERATION, 1);
    Atomics.notify(this.integers, GENERATION);
  }
}

/** Up to two constants and epsilon. */
function constantsOf(optimizer: OptimizerUpdate): [first: number, second: number, epsilon: number] {
  switch (optimizer.kind) {
    case 'adam':
      return [optimizer.beta1, optimizer.beta2, optimizer.epsilon];
    case 'rmsprop':
      return [optimizer.alpha, 0, optimizer.epsilon];
    case 'adagrad':
      return [0, 0, optimizer.epsilon];
    case 'sgd':
      return [0, 0, 0];
  }
}

function optimizerFrom(
  kind: OptimizerUpdate['kind'],
  first: number,
  second: number,
  epsilon: number,
): OptimizerUpdate {
  switch (kind) {
    case 'adam':
      return { kind, beta1: first, beta2: second, epsilon };
    case 'rmsprop':
      return { kind, alpha: first, epsilon };
    case 'adagrad':
      return { kind, epsilon };
    case 'sgd':
      return { kind };
  }
}
