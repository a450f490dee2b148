import { Worker } from 'node:worker_threads';
import { sentenceOf } from '../../common/errors.ts';

/** How often, and how late, a crashed worker is started again. */
export interface RestartLimits {
  /** Milliseconds before the first restart; each further one waits twice as long. */
  readonly restartDelay: number;
  /** Crashes in a row after which it stays off. */
  readonly mostCrashes: number;
}

interface Handlers {
  /** A worker has just been started. */
  onStart(): void;
  onMessage(message: unknown): void;
  /** The worker is gone; `reason` is a phrase. It starts again by itself when `willRestart`. */
  onCrash(reason: string, willRestart: boolean): void;
}

/** A worker thread that is started again, later each time, when it crashes. */
export class RestartingWorker {
  private readonly path: string;
  private readonly limits: RestartLimits;
  private readonly handlers: Handlers;
  private worker: Worker | undefined;
  private restart: NodeJS.Timeout | undefined;
  private crashes = 0;

  constructor(path: string, limits: RestartLimits, handlers: Handlers) {
    this.path = path;
    this.limits = limits;
    this.handlers = handlers;
  }

  /** Whether it runs, or will by itself. */
  get isOn(): boolean {
    return this.worker !== undefined || this.restart !== undefined;
  }

  /** Starts the worker where it is off, whatever happened before. */
  start(): void {
    if (this.isOn) return;
    this.crashes = 0;
    this.launch();
  }

  /** Sends to the worker if it runs. */
  post(message: unknown): void {
    this.worker?.postMessage(message);
  }

  /** The worker has done its work, so that the next crash is the first in a row. */
  noteSuccess(): void {
    this.crashes = 0;
  }

  stop(): void {
    clearTimeout(this.restart);
    this.restart = undefined;
    const worker = this.worker;
    this.worker = undefined;
    void worker?.terminate();
  }

  private launch(): void {
    let reason: string | undefined;
    const worker = new Worker(this.path, { name: 'char-rnn suggestions' });
    worker.on('message', (message) => {
      if (worker === this.worker) this.handlers.onMessage(message);
    });
    worker.on('error', (error) => (reason = sentenceOf(error)));
    worker.on('exit', (code) => {
      if (worker === this.worker) this.handleCrash(reason ?? `exit code ${code}`);
    });
    this.worker = worker;
    this.handlers.onStart();
  }

  private handleCrash(reason: string): void {
    this.worker = undefined;
    this.crashes++;
    const willRestart = this.crashes < this.limits.mostCrashes;
    if (willRestart) {
      const delay = this.limits.restartDelay * 2 ** (this.crashes - 1);
      this.restart = setTimeout(() => {
        this.restart = undefined;
        this.launch();
      }, delay);
    }
    this.handlers.onCrash(reason, willRestart);
  }
}
