import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserFacingError } from '../../../src/common/errors.ts';
import type { Channel, ChannelHandlers, WorkerExit } from '../../../src/common/rpc/worker-channel.ts';
import { type Envelope, failureOf, RemoteError } from '../../../src/common/rpc/rpc-protocol.ts';
import { DeadlineError, type RpcOptions, WorkerRpc } from '../../../src/common/rpc/worker-rpc.ts';

interface Protocol {
  readonly requests: {
    readonly double: { readonly params: number; readonly result: number; readonly part: string };
  };
  readonly notices: { readonly type: 'note'; readonly text: string };
  readonly events: { readonly type: 'news'; readonly text: string };
}

/** A worker that does nothing by itself. */
interface FakeWorker {
  readonly received: unknown[];
  isKilled: boolean;
  send(message: Envelope<Protocol> | Protocol['events']): void;
  exit(changes?: Partial<WorkerExit>): void;
}

let workers: FakeWorker[];
let log: string[];

function open({ onMessage, onExit }: ChannelHandlers): Channel {
  const worker: FakeWorker = {
    received: [],
    isKilled: false,
    send: onMessage,
    exit: (changes) => onExit({ kind: 'end', reason: 'exit code 1', code: 1, signal: null, ...changes }),
  };
  workers.push(worker);
  return {
    post: (message) => worker.received.push(message),
    kill: () => {
      worker.isKilled = true;
    },
    pid: 42,
  };
}

function start(changes: Partial<RpcOptions<Protocol>> = {}): WorkerRpc<Protocol> {
  const rpc = new WorkerRpc<Protocol>({
    open,
    version: 3,
    onStart: () => log.push('start'),
    onEvent: ({ text }) => log.push(text),
    onExit: ({ kind, reason }, willRestart) => log.push(`${kind}: ${reason}${willRestart ? ', again' : ''}`),
    exitError: ({ reason }) => new UserFacingError(`It ended (${reason}).`),
    ...changes,
  });
  rpc.start();
  return rpc;
}

function startReady(changes?: Partial<RpcOptions<Protocol>>) {
  const rpc = start(changes);
  workers[0].send({ type: 'hello', version: 3 });
  return { rpc, worker: workers[0] };
}

const requestOf = (id: number, params: number) => ({ type: 'request', id, method: 'double', params });

beforeEach(() => {
  workers = [];
  log = [];
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe('a request', () => {
  it('is answered with the reply of its id, after its parts', async () => {
    const { rpc, worker } = startReady();
    const parts: string[] = [];
    const answers = [
      rpc.request('double', 1),
      rpc.request('double', 2, { onPart: (part) => parts.push(part) }),
    ];
    expect(worker.received).toEqual([requestOf(1, 1), requestOf(2, 2)]);
    worker.send({ type: 'part', id: 2, part: 'half' });
    worker.send({ type: 'reply', id: 2, result: 4 });
    worker.send({ type: 'reply', id: 1, result: 2 });
    worker.send({ type: 'part', id: 2, part: 'late' });
    expect(await Promise.all(answers)).toEqual([2, 4]);
    expect(parts).toEqual(['half']);
  });

  it('is rejected with the error that it is answered with', async () => {
    const { rpc, worker } = startReady();
    const answer = rpc.request('double', 1);
    const error = new UserFacingError('No.', { code: 'out-of-luck' });
    worker.send({ type: 'failure', id: 1, ...failureOf(error) });
    const thrown: unknown = await answer.catch((reason: unknown) => reason);
    expect(thrown).toBeInstanceOf(RemoteError);
    expect(thrown).toMatchObject({
      message: 'No.',
      code: 'out-of-luck',
      detail: error.stack,
    });
  });

  it('is rejected and cancelled after its deadline', async () => {
    const { rpc, worker } = startReady();
    const answer = rpc.request('double', 1, { deadlineMs: 50 });
    const rejected = expect(answer).rejects.toThrow(DeadlineError);
    vi.advanceTimersByTime(49);
    expect(worker.received.length).toBe(1);
    vi.advanceTimersByTime(1);
    await rejected;
    expect(worker.received.at(-1)).toEqual({ type: 'cancel', id: 1 });
    worker.send({ type: 'reply', id: 1, result: 2 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is rejected and cancelled when its signal is aborted, before it was made too', async () => {
    const { rpc, worker } = startReady();
    const abort = new AbortController();
    const answer = rpc.request('double', 1, { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
    expect(worker.received).toEqual([requestOf(1, 1), { type: 'cancel', id: 1 }]);
    await expect(rpc.request('double', 1, { signal: abort.signal })).rejects.toThrow('enough');
    expect(worker.received.length).toBe(2);
  });

  it('may wait for its answer after a cancellation', async () => {
    const { rpc, worker } = startReady();
    const abort = new AbortController();
    const answer = rpc.request('double', 1, { signal: abort.signal, graceMs: 100 });
    abort.abort();
    expect(worker.received.at(-1)).toEqual({ type: 'cancel', id: 1 });
    vi.advanceTimersByTime(99);
    worker.send({ type: 'reply', id: 1, result: 2 });
    expect(await answer).toBe(2);
    vi.advanceTimersByTime(1);
    expect(worker.isKilled).toBe(false);
  });

  it('has a worker killed that does not answer in time after a cancellation', async () => {
    const { rpc, worker } = startReady();
    const abort = new AbortController();
    const answer = rpc.request('double', 1, { signal: abort.signal, graceMs: 100 });
    abort.abort();
    vi.advanceTimersByTime(100);
    expect(worker.isKilled).toBe(true);
    worker.exit({ reason: 'SIGKILL' });
    await expect(answer).rejects.toThrow('It ended (SIGKILL).');
    expect(log).toEqual(['start', 'overdue: SIGKILL']);
  });

  it('is rejected when the worker ends, fails as a whole, or is stopped', async () => {
    const { rpc, worker } = startReady({ restart: { restartDelayMs: 1, maxCrashes: 2 } });
    const failed = rpc.request('double', 1);
    worker.send({ type: 'failure', id: null, sentence: 'Out of luck.', detail: 'at x' });
    await expect(failed).rejects.toThrow('Out of luck.');
    const ended = rpc.request('double', 1);
    worker.exit();
    await expect(ended).rejects.toThrow('It ended (exit code 1).');
    await expect(rpc.request('double', 1)).rejects.toThrow('It ended (exit code 1).');
    vi.advanceTimersByTime(1);
    workers[1].send({ type: 'hello', version: 3 });
    const stopped = rpc.request('double', 1);
    rpc.stop(new Error('that is all'));
    await expect(stopped).rejects.toThrow('that is all');
    await expect(rpc.request('double', 1)).rejects.toThrow('that is all');
    expect([workers[1].isKilled, rpc.isOn]).toEqual([true, false]);
  });
});

describe('a worker', () => {
  it('is sent nothing before it has said hello, and then everything in order', () => {
    const rpc = start({ onStart: () => undefined });
    rpc.notify({ type: 'note', text: 'first' });
    void rpc.request('double', 1).catch(() => undefined);
    expect([workers[0].received, rpc.isReady]).toEqual([[], false]);
    workers[0].send({ type: 'hello', version: 3 });
    expect(workers[0].received).toEqual([{ type: 'note', text: 'first' }, requestOf(1, 1)]);
    expect([rpc.isReady, rpc.pid]).toEqual([true, 42]);
    workers[0].send({ type: 'news', text: 'all is well' });
    expect(log).toEqual(['all is well']);
  });

  it('of another version is ended, and not started again', async () => {
    const rpc = start({ restart: { restartDelayMs: 1, maxCrashes: 5 } });
    const answer = rpc.request('double', 1);
    workers[0].send({ type: 'hello', version: 2 });
    await expect(answer).rejects.toThrow(UserFacingError);
    expect(log).toEqual(['start', 'version: it speaks version 2 of the protocol instead of 3']);
    expect([workers[0].isKilled, workers[0].received, rpc.isOn]).toEqual([true, [], false]);
    vi.runAllTimers();
    expect(workers.length).toBe(1);
  });

  it('that ends is started again, later each time, up to a limit', () => {
    const rpc = start({ restart: { restartDelayMs: 10, maxCrashes: 3 } });
    workers[0].exit();
    vi.advanceTimersByTime(9);
    expect([workers.length, rpc.isOn]).toEqual([1, true]);
    vi.advanceTimersByTime(1);
    workers[1].exit();
    vi.advanceTimersByTime(19);
    expect(workers.length).toBe(2);
    vi.advanceTimersByTime(1);
    workers[2].exit();
    vi.advanceTimersByTime(1000);
    expect([workers.length, rpc.isOn]).toEqual([3, false]);
    const again = 'end: exit code 1, again';
    expect(log).toEqual(['start', again, 'start', again, 'start', 'end: exit code 1']);
    rpc.start();
    expect([workers.length, rpc.isOn]).toEqual([4, true]);
  });

  it('that answered in between, or says that it did its work, ends for the first time in a row', () => {
    const { rpc } = startReady({ restart: { restartDelayMs: 10, maxCrashes: 2 } });
    for (let round = 0; round < 4; round++) {
      const worker = workers[round];
      worker.send({ type: 'hello', version: 3 });
      if (round % 2 === 0) rpc.noteSuccess();
      else worker.send({ type: 'reply', id: 99, result: 0 });
      worker.exit();
      vi.advanceTimersByTime(10);
      expect(workers.length).toBe(round + 2);
    }
  });

  it('that was stopped is neither heard nor started again', () => {
    const { rpc, worker } = startReady({ restart: { restartDelayMs: 10, maxCrashes: 2 } });
    rpc.stop(new Error('enough'));
    worker.send({ type: 'news', text: 'unheard' });
    worker.exit();
    vi.runAllTimers();
    expect([log, workers.length]).toEqual([['start'], 1]);
  });
});
