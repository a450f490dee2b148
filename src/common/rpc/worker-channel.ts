import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { sentenceOf } from '../errors.ts';

/** How a worker ended. */
export interface WorkerExit {
  /**
   * `start`: it could not be started; `version`: it speaks another version of the protocol; `overdue`: it was killed
   * because it did not answer in time after a cancellation; `end`: anything else.
   */
  readonly kind: 'start' | 'version' | 'overdue' | 'end';
  /** The reason as a phrase, to be put into a sentence. */
  readonly reason: string;
  /** The exit code of a process or thread that ended by itself. */
  readonly code: number | null;
  /** The signal that ended a process. */
  readonly signal: NodeJS.Signals | null;
}

/** The sending end of a connection to a running worker. */
export interface Channel {
  /** Does nothing once the worker is gone. */
  post(message: unknown): void;
  kill(): void;
  readonly pid?: number;
}

export interface ChannelHandlers {
  readonly onMessage: (message: unknown) => void;
  /** Called once, after the last message. */
  readonly onExit: (exit: WorkerExit) => void;
}

/** Starts a worker; the handlers are called later, never from within. */
export type OpenChannel = (handlers: ChannelHandlers) => Channel;

/** A worker thread that runs a file or, with `eval`, a program given as text. */
export function threadChannel(program: string, options: WorkerOptions): OpenChannel {
  return ({ onMessage, onExit }) => {
    const worker = new Worker(program, options);
    let reason: string | undefined;
    worker.on('message', onMessage);
    worker.on('error', (error) => (reason = sentenceOf(error)));
    worker.on('exit', (code) =>
      onExit({ kind: 'end', reason: reason ?? `exit code ${code}`, code, signal: null }),
    );
    return {
      post: (message) => worker.postMessage(message),
      kill: () => void worker.terminate(),
    };
  };
}

/** A program that Node.js runs: a file, or a file and what it is given on its command line. */
export type NodeProgram = string | readonly [file: string, ...args: string[]];

/**
 * A forked process that runs a file.
 * @param onLine receives what it writes to standard output and standard error, line by line.
 */
export function processChannel(program: NodeProgram, onLine: (line: string) => void): OpenChannel {
  return ({ onMessage, onExit }) => {
    // Without execArgv the child would inherit a debugger's port.
    const [file, ...args] = typeof program === 'string' ? [program] : program;
    const child = fork(file, args, {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', onLine);
    }
    child.on('message', onMessage);
    child.on('error', (error) => {
      // An error of sending is followed by `close`; without a process nothing follows.
      if (child.pid === undefined) onExit({ kind: 'start', reason: error.message, code: null, signal: null });
      else onLine(error.message);
    });
    // `close` comes when all messages and output are in, `exit` may come earlier.
    child.on('close', (code, signal) => {
      if (child.pid === undefined) return;
      onExit({ kind: 'end', reason: signal ?? `exit code ${code}`, code, signal });
    });
    return {
      post: (message) => {
        // A process that is gone is noticed by its `close`.
        if (child.connected) child.send(message as object, () => undefined);
      },
      kill: () => void child.kill('SIGKILL'),
      pid: child.pid,
    };
  };
}
