import type { OptimizerUpdate, Update } from '../engine.ts';
import { Barrier, BARRIER_BYTES } from './barrier.ts';

/** Threads of one network at the most. */
export const MAX_THREADS = 256;

/** Bytes before the results: the barrier and the command as integers, the update as doubles. */
const HEADER_BYTES = 128;
const DOUBLES_START = 64;
/** A cache line for each thread's result, so that threads do not invalidate each other's. */
const RESULT_BYTES = 64;

/** Size of the block in floats. */
export const COMMAND_BLOCK_FLOATS = (HEADER_BYTES + MAX_THREADS * RESULT_BYTES) / 4;

/** Int32 fields of the command, behind the barrier's. */
const KIND = 0;
const LENGTH = 1;
const COUNTED = 2;
const DROPOUT = 3;
const BIAS_ENTRIES = 4;
const TABLE_ROWS = 5;

const OPTIMIZERS = ['adam', 'rmsprop', 'adagrad', 'sgd'] as const;
const COMMAND_KINDS = ['train', 'gradients', 'evaluate', 'forward', 'end'] as const;

/** One piece of work that all threads do together; `end` ends the threads. */
export interface Command {
  readonly kind: (typeof COMMAND_KINDS)[number];
  /** T of the window. */
  readonly length: number;
  /** Counted targets of the whole batch. */
  readonly counted: number;
  readonly dropout: boolean;
  /** K of the batch's logit bias; 0 without one. */
  readonly biasEntries: number;
  /** Rows of the input table that the batch picks from. */
  readonly tableRows: number;
}

/** What one thread computed. */
export interface ThreadResult {
  /** Sum over the thread's counted targets, nats, of the alone output layer. */
  loss: number;
  /** The same of the joint output layer; 0 without a logit bias. */
  jointLoss: number;
  /** Sum of the squares of the thread's part of the gradient. */
  sumOfSquares: number;
  /** Targets that had the largest logit of the alone output layer. */
  correct: number;
  /** The same of the joint output layer; 0 without a logit bias. */
  jointCorrect: number;
}

/** The block of shared memory by which the main thread commands the others and reads their results. */
export class CommandBlock {
  readonly barrier: Barrier;
  private readonly integers: Int32Array;
  private readonly doubles: Float64Array;
  private readonly results: Float64Array;

  /** @param start byte offset of COMMAND_BLOCK_FLOATS floats, zero at first. */
  constructor(buffer: SharedArrayBuffer, start: number, threads: number) {
    this.barrier = new Barrier(buffer, start, threads);
    this.integers = new Int32Array(buffer, start + BARRIER_BYTES, (DOUBLES_START - BARRIER_BYTES) / 4);
    this.doubles = new Float64Array(buffer, start + DOUBLES_START, (HEADER_BYTES - DOUBLES_START) / 8);
    this.results = new Float64Array(buffer, start + HEADER_BYTES, (threads * RESULT_BYTES) / 8);
  }

  get command(): Command {
    const { integers } = this;
    return {
      kind: COMMAND_KINDS[integers[KIND]],
      length: integers[LENGTH],
      counted: integers[COUNTED],
      dropout: integers[DROPOUT] === 1,
      biasEntries: integers[BIAS_ENTRIES],
      tableRows: integers[TABLE_ROWS],
    };
  }

  set command({ kind, length, counted, dropout, biasEntries, tableRows }: Command) {
    this.integers[KIND] = COMMAND_KINDS.indexOf(kind);
    this.integers[LENGTH] = length;
    this.integers[COUNTED] = counted;
    this.integers[DROPOUT] = dropout ? 1 : 0;
    this.integers[BIAS_ENTRIES] = biasEntries;
    this.integers[TABLE_ROWS] = tableRows;
  }

  /** The update of a `train` command, and the number of the optimiser's step, from 1. */
  get update(): { readonly update: Update; readonly step: number } {
    const [kind, first, second, epsilon, learningRate, clipNorm, step] = this.doubles;
    const optimizer = optimizerFrom(OPTIMIZERS[kind], first, second, epsilon);
    return { update: { optimizer, learningRate, clipNorm }, step };
  }

  setUpdate({ learningRate, clipNorm, optimizer }: Update, step: number): void {
    const kind = OPTIMIZERS.indexOf(optimizer.kind);
    this.doubles.set([kind, ...constantsOf(optimizer), learningRate, clipNorm, step]);
  }

  setResult(thread: number, result: ThreadResult): void {
    const { loss, jointLoss, sumOfSquares, correct, jointCorrect } = result;
    this.results.set([loss, jointLoss, sumOfSquares, correct, jointCorrect], (thread * RESULT_BYTES) / 8);
  }

  /** The sum of all threads' results, always in the same order. */
  get total(): ThreadResult {
    const total = { loss: 0, jointLoss: 0, sumOfSquares: 0, correct: 0, jointCorrect: 0 };
    for (let at = 0; at < this.results.length; at += RESULT_BYTES / 8) {
      total.loss += this.results[at];
      total.jointLoss += this.results[at + 1];
      total.sumOfSquares += this.results[at + 2];
      total.correct += this.results[at + 3];
      total.jointCorrect += this.results[at + 4];
    }
    return total;
  }
}

/** The constants of an optimiser in the order in which the block stores them; 0 for those it has not. */
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
