import type { Channel, OpenChannel, WorkerExit } from './worker-channel.ts';
import {
  type Envelope,
  type Method,
  RemoteError,
  type RequestMessage,
  type Requests,
  type RpcProtocol,
  type ToWorker,
} from './rpc-protocol.ts';

/** No answer came before the deadline of a request. */
export class DeadlineError extends Error {
  override readonly name: string = 'DeadlineError';
}

/** How often, and how late, a worker that ended is started again. */
export interface RestartLimits {
  /** Delay before the first restart; it doubles with each further one. */
  readonly restartDelayMs: number;
  /** Consecutive ends after which the worker stays off. */
  readonly maxCrashes: number;
}

export interface RpcOptions<P extends RpcProtocol> {
  readonly open: OpenChannel;
  /** The protocol's version; a worker that greets with another one is ended and not started again. */
  readonly version: number;
  /** Without limits, a worker that ended stays off. */
  readonly restart?: RestartLimits;
  /** The worker was started, the first time or again. What is sent from here on arrives. */
  onStart?(): void;
  onEvent?(event: P['events']): void;
  /** The worker ended though it was not stopped. */
  onExit?(exit: WorkerExit, willRestart: boolean): void;
  /** What the requests are rejected with that a worker left unanswered when it ended. */
  exitError(exit: WorkerExit): Error;
}

export interface RequestOptions<Part> {
  /** Time after which the request is cancelled and rejected with a `DeadlineError`. */
  readonly deadlineMs?: number;
  /** Cancels the request, which is rejected with the signal's reason unless there is a `graceMs`. */
  readonly signal?: AbortSignal;
  /**
   * Given: a cancelled request still waits for its answer, and the worker is killed when none came within this time.
   * Left out: nobody waits for the answer of a cancelled request.
   */
  readonly graceMs?: number;
  readonly onPart?: (part: Part) => void;
}

interface Pending {
  readonly onPart: ((part: unknown) => void) | undefined;
  readonly settle: (end: () => void) => void;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A worker thread or process behind requests that always settle: each has an id, may have a deadline and may be
 * cancelled; all are rejected when the worker ends or is stopped. Nothing is sent before the worker has said hello in
 * the right version. A worker that ends is started again, later each time, up to a limit.
 */
export class WorkerRpc<P extends RpcProtocol> {
  private readonly options: RpcOptions<P>;
  private readonly pending = new Map<number, Pending>();
  private channel: Channel | undefined;
  /** Messages that wait for the worker's hello; undefined after it. */
  private outbox: ToWorker<P>[] | undefined;
  private restartTimer: NodeJS.Timeout | undefined;
  /** Consecutive ends without an answer in between. */
  private crashes = 0;
  private lastId = 0;
  /** The running worker is being killed because it did not answer in time after a cancellation. */
  private isOverdue = false;
  /** Why no worker is running. */
  private endReason = new Error('the worker was not started');

  constructor(options: RpcOptions<P>) {
    this.options = options;
  }

  /** Whether the worker runs, or will by itself. */
  get isOn(): boolean {
    return this.channel !== undefined || this.restartTimer !== undefined;
  }

  /** Whether the worker runs and has said hello. */
  get isReady(): boolean {
    return this.channel !== undefined && this.outbox === undefined;
  }

  /** The process id; undefined where the worker is a thread. */
  get pid(): number | undefined {
    return this.channel?.pid;
  }

  /** Starts the worker where it is off, however often it ended before. */
  start(): void {
    if (this.isOn) return;
    this.crashes = 0;
    this.launch();
  }

  /** Ends the worker at once; what waits for an answer is rejected with `reason`. */
  stop(reason: Error): void {
    clearTimeout(this.restartTimer);
    this.restartTimer = undefined;
    const channel = this.channel;
    this.channel = undefined;
    channel?.kill();
    this.rejectAll(reason);
  }

  /** Counts the worker's next end as the first one, because it has done some work. Every reply does the same. */
  noteSuccess(): void {
    this.crashes = 0;
  }

  /** Sends a message that has no answer, if the worker runs. */
  notify(notice: P['notices']): void {
    this.post(notice);
  }

  /**
   * @throws RemoteError when the worker answers with an error, DeadlineError, the signal's reason, or what `exitError`
   * and `stop` gave when the worker is gone.
   */
  request<M extends Method<P>>(
    method: M,
    params: Requests<P>[M]['params'],
    options: RequestOptions<Requests<P>[M]['part']> = {},
  ): Promise<Requests<P>[M]['result']> {
    const { deadlineMs, signal, graceMs, onPart } = options;
    if (!this.channel) return Promise.reject(this.endReason);
    if (signal?.aborted && graceMs === undefined) return Promise.reject(signal.reason as Error);
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      let grace: NodeJS.Timeout | undefined;
      const settle = (end: () => void): void => {
        clearTimeout(deadline);
        clearTimeout(grace);
        signal?.removeEventListener('abort', abort);
        this.pending.delete(id);
        end();
      };
      const cancel = (reason: Error): void => {
        this.post({ type: 'cancel', id });
        if (graceMs === undefined) settle(() => reject(reason));
        else grace ??= setTimeout(() => this.killOverdue(), graceMs);
      };
      const abort = (): void => cancel(signal?.reason as Error);
      const deadline =
        deadlineMs === undefined
          ? undefined
          : setTimeout(() => cancel(new DeadlineError(`no answer within ${deadlineMs} ms`)), deadlineMs);
      this.pending.set(id, { onPart, settle, resolve, reject });
      this.post({ type: 'request', id, method, params } as RequestMessage<P>);
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort);
    });
  }

  private launch(): void {
    this.outbox = [];
    this.isOverdue = false;
    const channel = this.options.open({
      onMessage: (message) => {
        if (channel === this.channel) this.receive(message);
      },
      onExit: (exit) => {
        if (channel === this.channel) this.handleExit(this.isOverdue ? { ...exit, kind: 'overdue' } : exit);
      },
    });
    this.channel = channel;
    this.options.onStart?.();
  }

  private post(message: ToWorker<P>): void {
    if (this.outbox) this.outbox.push(message);
    else this.channel?.post(message);
  }

  private receive(message: unknown): void {
    const envelope = message as Envelope<P>;
    if (this.outbox) {
      this.checkHello(envelope);
      return;
    }
    switch (envelope.type) {
      case 'hello':
        return;
      case 'part':
        this.pending.get(envelope.id)?.onPart?.(envelope.part);
        return;
      case 'reply':
        this.crashes = 0;
        this.settle(envelope.id, ({ resolve }) => resolve(envelope.result));
        return;
      case 'failure':
        if (envelope.id === null) this.rejectAll(new RemoteError(envelope));
        else this.settle(envelope.id, ({ reject }) => reject(new RemoteError(envelope)));
        return;
      default:
        this.options.onEvent?.(message as P['events']);
    }
  }

  private checkHello(first: Envelope<P>): void {
    const version = first.type === 'hello' ? first.version : undefined;
    if (version !== this.options.version) {
      const reason = `it speaks version ${version ?? 'unknown'} of the protocol instead of ${this.options.version}`;
      const { channel } = this;
      this.handleExit({ kind: 'version', reason, code: null, signal: null });
      channel?.kill();
      return;
    }
    const waiting = this.outbox ?? [];
    this.outbox = undefined;
    for (const held of waiting) this.post(held);
  }

  private handleExit(exit: WorkerExit): void {
    const { restart } = this.options;
    this.channel = undefined;
    this.outbox = undefined;
    this.crashes++;
    const willRestart = restart !== undefined && exit.kind !== 'version' && this.crashes < restart.maxCrashes;
    if (willRestart) {
      this.restartTimer = setTimeout(
        () => {
          this.restartTimer = undefined;
          this.launch();
        },
        restart.restartDelayMs * 2 ** (this.crashes - 1),
      );
    }
    this.rejectAll(this.options.exitError(exit));
    this.options.onExit?.(exit, willRestart);
  }

  private killOverdue(): void {
    this.isOverdue = true;
    this.channel?.kill();
  }

  private settle(id: number, end: (pending: Pending) => void): void {
    const pending = this.pending.get(id);
    pending?.settle(() => end(pending));
  }

  private rejectAll(reason: Error): void {
    this.endReason = reason;
    for (const { settle, reject } of [...this.pending.values()]) settle(() => reject(reason));
  }
}
