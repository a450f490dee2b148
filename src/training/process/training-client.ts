import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { SkippedFile } from '../../corpus/index.ts';
import { UserFacingError } from '../../common/errors.ts';
import type { TrainingDone, TrainingEvent } from '../events.ts';
import type { TrainingRequest } from '../options.ts';
import type { FromTrainingProcess, ToTrainingProcess } from './protocol.ts';

/** A training under way in a process of its own. */
export interface TrainingRun {
  /**
   * Settles when the process is gone: with the `done` event (also after `stop`), or rejected with a
   * `UserFacingError` that says whether it failed, crashed or was killed, and that the last checkpoint is intact.
   */
  readonly finished: Promise<TrainingDone>;
  readonly pid: number | undefined;
  /** Asks it to checkpoint and end; kills it if it has not within ten seconds. */
  stop(): void;
  /** Somebody typed: makes it rest for a moment. Cheap; to be called at every key. */
  noteTyping(): void;
}

/** Something more than a checkpoint of a large network takes on a slow disk. */
const KILL_AFTER_MS = 10_000;
/** Between two messages that somebody types; the rest lasts longer. */
const TYPING_INTERVAL_MS = 50;
/** Signals by which a system ends a process that did something it must not. */
const CRASH_SIGNALS: readonly string[] = ['SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGSEGV', 'SIGTRAP'];
const GO_ON = 'the last checkpoint is intact: train again to go on';

/**
 * Forks the training process.
 * @param processPath the bundled `training-process.cjs`.
 * @param onLog receives lines for the log channel (the child's standard error, exit codes).
 */
export function startTraining(
  processPath: string,
  request: TrainingRequest,
  context: { onEvent: (event: TrainingEvent) => void; onLog: (line: string) => void },
): TrainingRun {
  // Without execArgv the child would inherit a debugger's port.
  const child = fork(processPath, [], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const run = new ForkedTraining(child, request, context);
  return {
    finished: run.finished,
    pid: child.pid,
    stop: () => run.stop(),
    noteTyping: () => run.noteTyping(),
  };
}

class ForkedTraining {
  readonly finished: Promise<TrainingDone>;

  private readonly child: ChildProcess;
  private readonly request: TrainingRequest;
  private readonly context: Parameters<typeof startTraining>[2];
  private started = false;
  private stopping = false;
  private typingToldAt = -Infinity;
  /** What the corpus to be told of leaves out. */
  private readonly leftOut: SkippedFile[] = [];
  private done: TrainingDone | undefined;
  private failure: UserFacingError | undefined;
  private killTimer: NodeJS.Timeout | undefined;
  /** Set when the child was killed because it did not end in time. */
  private outOfPatience = false;

  constructor(child: ChildProcess, request: TrainingRequest, context: Parameters<typeof startTraining>[2]) {
    this.child = child;
    this.request = request;
    this.context = context;
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => context.onLog(line));
    }
    child.on('message', (message) => this.receive(message as FromTrainingProcess));
    this.finished = new Promise((resolve, reject) => {
      child.on('error', (error) => {
        context.onLog(`training process: ${error.message}`);
        // An error of sending is followed by `close`; without a process nothing follows.
        if (child.pid === undefined) reject(new UserFacingError(couldNotStart(error), { cause: error }));
      });
      // `close` comes when all messages and output are in, `exit` may come earlier.
      child.on('close', (code, signal) => {
        clearTimeout(this.killTimer);
        context.onLog(`training process ended (${signal ?? `exit code ${code}`})`);
        if (this.done) resolve(this.done);
        else reject(this.failure ?? new UserFacingError(this.sentenceFor(code, signal)));
      });
    });
  }

  stop(): void {
    if (this.stopping) return;
    this.stopping = true;
    if (this.started) this.send({ type: 'stop' });
    this.killTimer = setTimeout(() => {
      this.outOfPatience = true;
      this.child.kill('SIGKILL');
    }, KILL_AFTER_MS);
  }

  noteTyping(): void {
    const now = performance.now();
    if (!this.started || now - this.typingToldAt < TYPING_INTERVAL_MS) return;
    this.typingToldAt = now;
    this.send({ type: 'typing' });
  }

  private receive(message: FromTrainingProcess): void {
    switch (message.type) {
      case 'ready':
        this.started = true;
        this.send({ type: 'train', request: this.request });
        if (this.stopping) this.send({ type: 'stop' });
        break;
      case 'event':
        if (message.event.event === 'done') this.done = message.event;
        this.context.onEvent(this.completed(message.event));
        break;
      case 'leftOut':
        this.leftOut.push(...message.leftOut);
        break;
      case 'failed':
        this.failure = new UserFacingError(message.sentence, { action: message.action, code: message.code });
        this.context.onLog(message.detail);
        break;
      default:
        message satisfies never;
    }
  }

  private completed(event: TrainingEvent): TrainingEvent {
    return event.event === 'corpus' ? { ...event, leftOut: [...this.leftOut, ...event.leftOut] } : event;
  }

  private send(message: ToTrainingProcess): void {
    // A process that is gone is noticed by its `close`.
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  private sentenceFor(code: number | null, signal: NodeJS.Signals | null): string {
    if (this.outOfPatience) {
      return `The training did not stop within ${KILL_AFTER_MS / 1000} seconds and was ended; ${GO_ON}.`;
    }
    if (signal && !CRASH_SIGNALS.includes(signal)) {
      return `The training process was killed (${signal}), perhaps because memory ran short; ${GO_ON}.`;
    }
    if (signal || code !== 0) {
      return `The training process crashed (${signal ?? `exit code ${code}`}); ${GO_ON}.`;
    }
    return `The training process ended without a result; ${GO_ON}.`;
  }
}

function couldNotStart(error: Error): string {
  return `The training process could not be started (${error.message}); the log has the details, and training again may help.`;
}
