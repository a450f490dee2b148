import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import esbuild from 'esbuild';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { ClientLimits } from '../../../../src/completion/client/client-limits.ts';
import { MAX_FOLLOWED_LENGTH } from '../../../../src/completion/predict/limits.ts';
import { RandomGenerator } from '../../../../src/model/index.ts';
import { until } from '../../../until.ts';
import { clientFixture, corpusOf, failureOf, load, request, textOf } from './client-fixture.ts';
import { modelThatWrites } from './written-model.ts';

/** The file name of the bundled worker. */
const WORKER = 'suggestion-worker.cjs';
const { startClient, inFolder } = clientFixture();

beforeAll(async () => {
  await esbuild.build({
    absWorkingDir: path.resolve(import.meta.dirname, '../../../..'),
    entryPoints: ['src/completion/worker/worker.ts'],
    outfile: inFolder(WORKER),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    loader: { '.wasm': 'binary' },
  });
});

describe('with the real worker', () => {
  async function startReady(limits?: Partial<ClientLimits>) {
    const started = startClient(inFolder(WORKER), limits);
    load(started.client, await modelThatWrites('a', inFolder('a.model')));
    await until(() => started.client.status.kind === 'ready');
    return started;
  }

  it('loads a model and suggests', async () => {
    const { client, kinds } = await startReady();
    expect(kinds()).toEqual(['loading', 'ready']);
    expect(client.status).toMatchObject({ summary: { steps: 1, cell: 'lstm', units: 3, vocabularySize: 5 } });
    const suggestion = await client.suggest(request());
    expect(suggestion?.text).toBe('aaaaa');
    expect(suggestion?.confidence).toBeGreaterThan(0.99);
    expect(await client.suggest(request())).toEqual(suggestion);
  });

  it('goes on to a newer model and stays ready meanwhile', async () => {
    const { client, kinds, statuses } = await startReady();
    load(client, await modelThatWrites('b', inFolder('b.model')));
    expect(client.status.kind).toBe('ready');
    await until(() => statuses.length === 3);
    expect(kinds()).toEqual(['loading', 'ready', 'ready']);
    expect((await client.suggest(request()))?.text).toBe('bbbbb');
  });

  it('keeps the model it has when the newer file is torn', async () => {
    const { client, log } = await startReady();
    const torn = inFolder('torn.model');
    const whole = await readFile(await modelThatWrites('b', inFolder('b.model')));
    await writeFile(torn, whole.subarray(0, whole.length - 7));
    load(client, torn);
    await until(() => log.length > 0);
    expect(log[0]).toContain('torn.model');
    expect(client.status.kind).toBe('ready');
    expect((await client.suggest(request()))?.text).toBe('aaaaa');
  });

  it('says in one sentence why the first model cannot be loaded', async () => {
    const { client } = startClient(inFolder(WORKER));
    load(client, inFolder('missing.model'));
    await until(() => client.status.kind === 'failed');
    expect(failureOf(client)).toContain('missing.model');
    load(client, await modelThatWrites('a', inFolder('a.model')));
    await until(() => client.status.kind === 'ready');
  });

  it('streams a sample, and suggests meanwhile', async () => {
    const { client } = await startReady();
    let text = '';
    await client.sample({ prime: '', length: 20, temperature: 0, seed: 0 }, (piece) => (text += piece));
    expect(text).toBe('a'.repeat(20));
    const controller = new AbortController();
    let pieces = 0;
    const options = { prime: '', length: 1e9, temperature: 0.5, seed: 0 };
    const sampling = client.sample(options, () => pieces++, controller.signal);
    await until(() => pieces > 2);
    expect((await client.suggest(request()))?.text).toBe('aaaaa');
    controller.abort();
    await sampling;
    // The worker answers in order: between two answers it posts nothing more of the sample.
    const emit = vi.spyOn(Worker.prototype, 'emit');
    expect((await client.suggest(request({ document: 'b' })))?.text).toBe('aaaaa');
    const messages = (): number => emit.mock.calls.filter(([name]) => name === 'message').length;
    const before = messages();
    expect((await client.suggest(request({ document: 'c' })))?.text).toBe('aaaaa');
    expect((await client.suggest(request({ document: 'd' })))?.text).toBe('aaaaa');
    expect(messages() - before).toBe(2);
    emit.mockRestore();
  });

  it('does not write with a network of random weights', async () => {
    const { client } = startClient(inFolder(WORKER));
    const resume = { fingerprint: 'f'.repeat(64), windowsDone: 0, random: new RandomGenerator(0).state };
    load(client, await modelThatWrites('a', inFolder('untrained.model'), 0, resume));
    await until(() => client.status.kind === 'ready');
    expect(await client.suggest(request())).toBeUndefined();
    const options = { prime: '', length: 20, temperature: 0, seed: 0 };
    await expect(client.sample(options, () => expect.fail('a sample'))).rejects.toThrow(
      /none was trained yet/,
    );
  });

  it('writes with a network that was trained elsewhere', async () => {
    const { client } = startClient(inFolder(WORKER));
    load(client, await modelThatWrites('a', inFolder('imported.model'), 0));
    await until(() => client.status.kind === 'ready');
    expect((await client.suggest(request()))?.text).toBe('aaaaa');
  });

  it('forgets the model when unloaded', async () => {
    const { client, kinds } = await startReady();
    client.setSources({});
    expect(kinds()).toEqual(['loading', 'ready', 'noModel']);
    expect(await client.suggest(request())).toBeUndefined();
    load(client, await modelThatWrites('a', inFolder('a.model')));
    await until(() => client.status.kind === 'ready');
  });

  it('starts no worker before a model is loaded', async () => {
    const { client, kinds } = startClient(inFolder('no such worker'));
    expect(await client.suggest(request())).toBeUndefined();
    client.forget('a');
    expect(kinds()).toEqual([]);
  });
});

it('suggests from the files of the workspace before there is a model', async () => {
  const workspace = inFolder('workspace');
  await mkdir(workspace);
  await writeFile(path.join(workspace, 'a.txt'), 'first the harbour, then the lighthouse\n'.repeat(30));
  const { client } = startClient(inFolder(WORKER));
  expect(client.canSuggest).toBe(false);
  client.setSources({ corpus: corpusOf(workspace) });
  await until(() => client.workspace?.isComplete === true);
  expect(client.workspace).toMatchObject({ files: 1 });
  const prefix = 'first the harb';
  client.follow('b.txt', textOf(prefix.slice(0, -1)));
  client.change('b.txt', [{ offset: prefix.length - 1, removed: 0, inserted: 'b' }]);
  const suggestion = await client.suggest(request({ document: 'b.txt', prefix, offset: prefix.length }));
  expect(suggestion?.text).toMatch(/^our/);
  client.setSources({});
  expect([client.canSuggest, client.workspace]).toEqual([false, undefined]);
});

it('suggests what is not saved of another document', async () => {
  const workspace = inFolder('unsaved');
  await mkdir(workspace);
  const file = path.join(workspace, 'a.txt');
  await writeFile(file, 'some words that are saved\n');
  const { client } = startClient(inFolder(WORKER));
  client.setSources({ corpus: corpusOf(workspace) });
  await until(() => client.workspace?.isComplete === true);
  client.follow(file, textOf('first the harbour, then the lighthouse\n'.repeat(30), true));
  const prefix = 'first the harb';
  client.follow('b.txt', textOf(prefix));
  const ask = () => client.suggest(request({ document: 'b.txt', prefix, offset: prefix.length }));
  let suggestion = await ask();
  // The worker looks through the other text for credentials before it learns it.
  while (suggestion === undefined) suggestion = await ask();
  expect(suggestion.text).toMatch(/^our/);
});

it('neither reads nor sends a document that is too long to be followed, as long as it is', async () => {
  const { client } = startClient(inFolder(WORKER));
  const root = inFolder('empty');
  await mkdir(root);
  client.setSources({ corpus: corpusOf(root) });
  await until(() => client.workspace?.isComplete === true);
  const posted: string[] = [];
  const post = vi
    .spyOn(Worker.prototype, 'postMessage')
    .mockImplementation((message: { type: string }) => void posted.push(message.type));
  let asked = 0;
  const follow = (length: number): void =>
    client.follow('long.txt', {
      isUnsaved: false,
      length: () => length,
      text: () => {
        asked++;
        return 'x'.repeat(length);
      },
    });
  try {
    follow(MAX_FOLLOWED_LENGTH + 1);
    client.change('long.txt', [{ offset: 0, removed: 0, inserted: 'x' }]);
    expect([asked, posted]).toEqual([0, []]);
    follow(MAX_FOLLOWED_LENGTH);
    follow(MAX_FOLLOWED_LENGTH);
    client.change('long.txt', [{ offset: 0, removed: 0, inserted: 'x' }]);
    client.forget('long.txt');
    expect([asked, posted]).toEqual([1, ['open', 'change', 'forget']]);
  } finally {
    post.mockRestore();
  }
});
