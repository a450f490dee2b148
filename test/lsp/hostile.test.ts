import { type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import fc from '../fast-check.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mutatedJson } from '../fuzz/mutations.ts';
import { RUNS, SEED } from '../fuzz/runs.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { startServer, uriOf } from './client.ts';
import { readerFile, writeWorkspace } from './workspace.ts';

const at = temporaryFolder();

/** What the server answers: its messages, read as no more than JSON behind headers. */
class RawClient {
  readonly child: ChildProcessWithoutNullStreams;
  /** Answers by id; those to messages without a usable id have `null`. */
  readonly answers = new Map<unknown, unknown[]>();
  private pending = Buffer.alloc(0);
  private wake = (): void => undefined;

  constructor(cache: string) {
    this.child = startServer(cache);
    this.child.stderr.resume();
    this.child.stdout.on('data', (bytes: Buffer) => this.read(bytes));
    this.child.on('exit', () => this.wake());
  }

  send(bytes: Buffer): Promise<void> {
    return new Promise((resolve) => {
      if (this.child.stdin.write(bytes)) resolve();
      else this.child.stdin.once('drain', resolve);
    });
  }

  request(id: number, method: string, params: unknown): Promise<void> {
    return this.send(framed({ jsonrpc: '2.0', id, method, params }));
  }

  /** Settles when a request is answered. @throws Error when the server ends before. */
  async answered(id: unknown): Promise<unknown> {
    while (!this.answers.has(id)) {
      if (this.child.exitCode !== null) throw new Error(`the server ended with ${this.child.exitCode}`);
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    return this.answers.get(id)![0];
  }

  private read(bytes: Buffer): void {
    this.pending = Buffer.concat([this.pending, bytes]);
    for (;;) {
      const headers = /^Content-Length: (\d+)\r\n\r\n/.exec(this.pending.toString('latin1', 0, 64));
      if (!headers) return;
      const [start, end] = [headers[0].length, headers[0].length + Number(headers[1])];
      if (this.pending.length < end) return;
      const message = JSON.parse(this.pending.toString('utf8', start, end)) as Record<string, unknown>;
      this.pending = this.pending.subarray(end);
      if ('method' in message) continue;
      const { id } = message;
      this.answers.set(id, [...(this.answers.get(id) ?? []), message]);
      this.wake();
    }
  }
}

function framed(message: unknown): Buffer {
  return withHeader(Buffer.from(JSON.stringify(message)));
}

function withHeader(body: Buffer, length = body.length): Buffer {
  return Buffer.concat([Buffer.from(`Content-Length: ${length}\r\n\r\n`), body]);
}

/** Something that is sent, and the id of the request that it is, if it is one. */
interface Hostile {
  readonly bytes: Buffer;
  readonly id?: number;
}

/** Messages of the protocol with something changed in them; a number each, which is the id of requests. */
function changedMessages(uri: string): fc.Arbitrary<(id: number) => Hostile> {
  const textDocument = { uri, languageId: 'c', version: 3, text: readerFile(1) };
  const position = { line: 0, character: 5 };
  const range = { start: position, end: { line: 1, character: 0 } };
  const requests = [
    ['textDocument/inlineCompletion', { textDocument, position, context: { triggerKind: 2 } }],
    [
      'textDocument/inlineCompletion',
      {
        textDocument,
        position,
        context: { triggerKind: 1, selectedCompletionInfo: { range, text: 'static' } },
      },
    ],
    ['textDocument/completion', { textDocument, position, context: { triggerKind: 1 } }],
    ['workspace/executeCommand', { command: 'charRnn.sample', arguments: [{ length: 5, prime: 'int' }] }],
    ['workspace/executeCommand', { command: 'charRnn.surprise', arguments: [{ uri }] }],
    ['workspace/executeCommand', { command: 'charRnn.train', arguments: [{ steps: -1, minutes: 'x' }] }],
    ['workspace/executeCommand', { command: 'charRnn.stopTraining', arguments: [] }],
    ['initialize', { processId: 1, capabilities: {}, workspaceFolders: null }],
    ['textDocument/hover', { textDocument, position }],
    ['nothing/known', { a: [1, 2, { b: null }] }],
  ] as const;
  const notifications = [
    ['textDocument/didOpen', { textDocument }],
    [
      'textDocument/didChange',
      { textDocument, contentChanges: [{ range, text: 'x' }, { text: readerFile(1) }] },
    ],
    [
      'textDocument/didChange',
      { textDocument: { uri: 'file:///unknown.c', version: 1 }, contentChanges: [] },
    ],
    ['textDocument/didClose', { textDocument: { uri: 'file:///unknown.c' } }],
    ['textDocument/didSave', { textDocument, text: 'x' }],
    ['workspace/didChangeConfiguration', { settings: { charRnn: { suggestions: { eagerness: 'calm' } } } }],
    ['workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] }],
    [
      'workspace/didChangeWorkspaceFolders',
      { event: { added: [{ uri: 'file:///no', name: '' }], removed: [] } },
    ],
    ['$/cancelRequest', { id: 7 }],
    ['$/setTrace', { value: 'off' }],
    ['window/workDoneProgress/cancel', { token: 't' }],
    ['initialized', {}],
  ] as const;
  const request = fc
    .constantFrom(...requests)
    .chain(([method, params]) =>
      fc.tuple(fc.constant(method), fc.oneof(mutatedJson(params), fc.constant(params))),
    )
    .map(([method, params]) => (id: number): Hostile => ({
      bytes: framed({ jsonrpc: '2.0', id, method, params }),
      id,
    }));
  const notification = fc
    .constantFrom(...notifications)
    .chain(([method, params]) => fc.tuple(fc.constant(method), mutatedJson(params)))
    .map(([method, params]) => (): Hostile => ({ bytes: framed({ jsonrpc: '2.0', method, params }) }));
  // Of a message that is changed anywhere, its id and method too, no answer is certain.
  const anything = fc
    .constantFrom(...requests)
    .chain(([method, params]) => mutatedJson({ jsonrpc: '2.0', id: 'x', method, params }))
    .map((message) => (): Hostile => ({ bytes: framed(message) }));
  return fc.oneof(request, request, notification, anything);
}

/** Bytes that are no message. */
const brokenBytes: fc.Arbitrary<() => Hostile> = fc
  .oneof(
    fc.constantFrom(
      withHeader(Buffer.from('{"jsonrpc":"2.0","id":1,')),
      withHeader(Buffer.from('not json')),
      withHeader(Buffer.from([0xff, 0xfe, 0x00])),
      withHeader(Buffer.from('[]')),
      withHeader(Buffer.from('null')),
      withHeader(Buffer.from('"text"')),
      withHeader(Buffer.from('['.repeat(100_000))),
      withHeader(Buffer.from('{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000))),
      withHeader(Buffer.from('{"jsonrpc":"2.0","method":"x","params":[]}'), 20),
      withHeader(Buffer.from('{"jsonrpc":"2.0","method":"x"}'), 200),
      Buffer.from('Content-Length: many\r\n\r\n{}'),
      Buffer.from('Content-Length: -5\r\n\r\n{}'),
      Buffer.from('Content-Type: application/json\r\n\r\n{}'),
      Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
      Buffer.from('x'.repeat(10_000)),
      Buffer.from('\r\n\r\n'),
      framed([{ jsonrpc: '2.0', id: 1, method: 'shutdown' }]),
      framed({ jsonrpc: '2.0', id: { a: 1 }, method: 'textDocument/hover', params: {} }),
      framed({ jsonrpc: '2.0', id: 12345, result: {} }),
    ),
    fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => withHeader(Buffer.from(bytes))),
  )
  .map((bytes) => () => ({ bytes }));

let client: RawClient;

beforeEach(async () => {
  const folder = at('workspace');
  await writeWorkspace(folder, 2);
  client = new RawClient(at('cache'));
  await client.request(0, 'initialize', {
    processId: process.pid,
    capabilities: {},
    workspaceFolders: [{ uri: uriOf(folder), name: 'w' }],
  });
  await client.answered(0);
  await client.send(framed({ jsonrpc: '2.0', method: 'initialized', params: {} }));
});
afterEach(async () => {
  client.child.kill('SIGKILL');
  if (client.child.exitCode === null && client.child.signalCode === null) await once(client.child, 'exit');
});

describe('a server that is sent anything', () => {
  it(`answers every request and goes on, ${RUNS} times`, async () => {
    const uri = uriOf(path.join(at('workspace'), 'hostile.c'));
    const hostile = fc.sample(fc.oneof(changedMessages(uri), changedMessages(uri), brokenBytes), {
      numRuns: RUNS,
      seed: SEED,
    });
    const asked: number[] = [];
    for (const [index, make] of hostile.entries()) {
      const { bytes, id } = make(index + 1);
      await client.send(bytes);
      if (id !== undefined) asked.push(id);
      // What a message lacks is taken from the next one, and what stands between two is passed over.
      if (index % 20 === 0)
        await client.send(framed({ jsonrpc: '2.0', method: '$/setTrace', params: { value: 'off' } }));
    }
    const last = hostile.length + 1;
    await client.request(last, 'textDocument/hover', {});
    await client.answered(last);
    const missing: number[] = [];
    for (const id of asked) {
      await client.answered(id);
      if (client.answers.get(id)!.length !== 1) missing.push(id);
    }
    expect(missing).toEqual([]);
    expect(client.child.exitCode).toBeNull();
  });

  it('answers a request that is too large to be read, and the next one', async () => {
    const head = '{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{"a":"';
    const length = 65 * 1024 * 1024;
    await client.send(Buffer.from(`Content-Length: ${length}\r\n\r\n${head}`));
    const filling = Buffer.alloc(1024 * 1024, 'a');
    for (let left = length - head.length; left > 0; left -= filling.length)
      await client.send(filling.subarray(0, Math.min(left, filling.length)));
    await client.request(2, 'textDocument/hover', {});
    expect(await client.answered(1)).toMatchObject({
      error: { message: expect.stringContaining('more than') as unknown },
    });
    expect(await client.answered(2)).toMatchObject({ error: { code: -32601 } });
  });

  it('follows a document of some megabytes', async () => {
    const uri = uriOf(path.join(at('workspace'), 'huge.c'));
    const text = readerFile(40_000);
    const textDocument = { uri, languageId: 'c', version: 1, text };
    await client.send(framed({ jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument } }));
    const position = { line: 3, character: 0 };
    await client.request(1, 'textDocument/inlineCompletion', {
      textDocument: { uri },
      position,
      context: { triggerKind: 1 },
    });
    expect(await client.answered(1)).toHaveProperty('result');
  });
});
