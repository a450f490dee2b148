import fc from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import type { ChannelHandlers } from '../../src/common/rpc/worker-channel.ts';
import { RemoteError, type Failure } from '../../src/common/rpc/rpc-protocol.ts';
import { WorkerRpc } from '../../src/common/rpc/worker-rpc.ts';
import { RUNS, SEED } from './runs.ts';

interface Protocol {
  readonly requests: {
    readonly ask: { readonly params: number; readonly result: unknown; readonly part: unknown };
  };
  readonly notices: { readonly type: 'note' };
  readonly events: { readonly type: 'news' };
}

const id = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom<unknown>(null, undefined, '1', NaN));
/** What a worker may send that is broken, of another version or hostile. */
const message = fc.oneof(
  fc.record({ type: fc.constant('hello'), version: fc.constantFrom<unknown>(1, 1, 1, 2, undefined) }),
  fc.record({ type: fc.constantFrom('reply', 'part'), id, result: fc.anything(), part: fc.anything() }),
  fc.record({ type: fc.constant('failure'), id, sentence: fc.anything(), detail: fc.anything() }),
  fc.record({ type: fc.string() }),
);
const step = fc.oneof(
  message.map((sent) => ({ kind: 'message' as const, sent })),
  fc.record({ kind: fc.constantFrom('ask', 'cancel', 'exit') }),
);

describe('a worker that sends anything', () => {
  it('may give a failure without a text', () => {
    const failure = { sentence: { toString: null }, detail: {} } as unknown as Failure;
    expect(new RemoteError(failure).message).toMatch(/^[A-Z].*\.$/);
  });

  it('leaves no request without an answer once it has ended', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        let handlers: ChannelHandlers | undefined;
        const rpc = new WorkerRpc<Protocol>({
          open: (given) => {
            handlers = given;
            return { post: () => undefined, kill: () => undefined, pid: undefined };
          },
          version: 1,
          onEvent: () => undefined,
          exitError: () => new Error('ended'),
        });
        rpc.start();
        const asked: Promise<string>[] = [];
        const controllers: AbortController[] = [];
        for (const each of steps) {
          if (each.kind === 'message') handlers?.onMessage((each as { sent: unknown }).sent);
          else if (each.kind === 'exit') {
            handlers?.onExit({ kind: 'end', reason: 'exit code 1', code: 1, signal: null });
            rpc.start();
          } else if (each.kind === 'cancel') controllers.at(-1)?.abort();
          else {
            const controller = new AbortController();
            controllers.push(controller);
            asked.push(
              rpc.request('ask', 1, { signal: controller.signal }).then(
                () => 'answered',
                () => 'refused',
              ),
            );
          }
        }
        rpc.stop(new Error('stopped'));
        const answers = await Promise.all(asked);
        expect(answers.length).toBe(asked.length);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
