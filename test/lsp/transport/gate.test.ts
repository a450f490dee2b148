import { PassThrough } from 'node:stream';
import { type MessageWriter, StreamMessageWriter } from 'vscode-languageserver-protocol/node';
import { describe, expect, it } from 'vitest';
import { Gate } from '../../../src/lsp/transport/gate.ts';

/** The process ids that a gate is told to watch after an `initialize` with this one. */
async function watchedAfter(processId: unknown): Promise<number[]> {
  const watched: number[] = [];
  const input = new PassThrough();
  const output: MessageWriter = new StreamMessageWriter(new PassThrough());
  const gate = new Gate(input, output, {
    onEnd: () => undefined,
    onClientProcess: (pid) => watched.push(pid),
    onLog: () => undefined,
  });
  const passed = new Promise((resolve) => gate.listen(resolve));
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId } });
  input.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
  await passed;
  return watched;
}

describe('the process id of the client', () => {
  it('is watched', async () => {
    expect(await watchedAfter(4711)).toEqual([4711]);
  });

  // Of such a process, the system says that there is none, and the server would end.
  for (const processId of [1.5, 2 ** 33, 1e300, 0, -4, '4711', null])
    it(`is not watched where it is none: ${JSON.stringify(processId)}`, async () => {
      expect(await watchedAfter(processId)).toEqual([]);
    });
});
