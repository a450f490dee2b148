import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import esbuild from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { SuggestionClient } from '../../../src/completion/client/suggestion-client.ts';
import type { DocumentText } from '../../../src/completion/client/followed-documents.ts';
import type { ClientLimits } from '../../../src/completion/client/client-limits.ts';
import type { WorkerStatus } from '../../../src/completion/client/worker-status.ts';
import { MAX_FOLLOWED_LENGTH } from '../../../src/completion/predict/limits.ts';
import { SUGGESTION_PROTOCOL_VERSION } from '../../../src/completion/worker/protocol.ts';
import type { SuggestionRequest } from '../../../src/completion/decode/suggest.ts';
import { UserFacingError } from '../../../src/common/errors.ts';
import { englishText } from '../../../src/common/localization/message.ts';
import { initialWeights, RandomGenerator, writeModel } from '../../../src/model/index.ts';
import type { NetworkSpecification, ResumePoint } from '../../../src/model/index.ts';
import { until } from '../../until.ts';

const root = path.resolve(import.meta.dirname, '../../..');
let folder = '';
let realWorker = '';
const clients: SuggestionClient[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'char-rnn-client-'));
  realWorker = path.join(folder, 'suggestion-worker.cjs');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['src/completion/worker/worker.ts'],
    outfile: realWorker,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    loader: { '.wasm': 'binary' },
  });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function startClient(workerPath: string, limits?: Partial<ClientLimits>) {
  const statuses: WorkerStatus[] = [];
  const log: string[] = [];
  const context = {
    onStatus: (status: WorkerStatus) => statuses.push(status),
    onLog: (line: string) => log.push(line),
  };
  const client = new SuggestionClient(workerPath, context, { automaticDeadlineMs: 1e6, ...limits });
  clients.push(client);
  return { client, statuses, log, kinds: () => statuses.map(({ kind }) => kind) };
}

/** Has suggestions come from a model file. */
const load = (client: SuggestionClient, path: string): void =>
  client.setSources({ model: { path, version: path } });

const corpusOf = (root: string, include: readonly string[] = []) => ({
  options: { roots: [root], include, exclude: [], maxCharacters: 1e6 },
  revision: 1,
});

const textOf = (text: string, isUnsaved = false): DocumentText => ({
  isUnsaved,
  length: () => text.length,
  text: () => text,
});

function request(changes: Partial<SuggestionRequest> = {}): SuggestionRequest {
  return {
    document: 'file:///a',
    prefix: 'x',
    atFileStart: true,
    suffix: '',
    indentation: { insertSpaces: true, tabSize: 4 },
    temperature: 0,
    eagerness: 'balanced',
    seed: 0,
    maxLength: 5,
    explicit: false,
    ...changes,
  };
}

/** A model file whose network always writes `letter`. */
async function modelThatWrites(
  letter: 'a' | 'b',
  name: string,
  steps = letter === 'a' ? 1 : 2,
  resume: ResumePoint | null = null,
): Promise<string> {
  const vocabulary = ['\uFFFD', '\u0002', 'a', 'b', '\n'];
  const specification: NetworkSpecification = {
    cell: 'lstm',
    layers: 1,
    units: 3,
    embedding: 2,
    dropout: 0,
    vocabularySize: vocabulary.length,
  };
  const weights = initialWeights(specification, 1);
  weights.get('decoder.bias')![vocabulary.indexOf(letter)] = 20;
  const modelPath = path.join(folder, name);
  await writeModel(modelPath, {
    specification,
    vocabulary,
    weights,
    optimizer: null,
    state: null,
    training: {
      steps,
      epochs: 0,
      characters: 10,
      seconds: 1,
      optimizer: 'adam',
      learningRate: 0.002,
      learningRateDecay: 0.97,
      batchSize: 1,
      sequenceLength: 5,
      seed: 0,
      engine: 'wasm',
      engineReason: 'asked for',
      savedAt: '2026-01-02T03:04:05.678Z',
      losses: [],
      validations: [],
      samples: [],
      resume,
    },
  });
  return modelPath;
}

/** The sentence of a status that failed. */
function failureOf({ status }: SuggestionClient): string | undefined {
  return status.kind === 'failed' ? englishText(status.sentence) : undefined;
}

describe('with the real worker', () => {
  async function startReady(limits?: Partial<ClientLimits>) {
    const started = startClient(realWorker, limits);
    load(started.client, await modelThatWrites('a', 'a.model'));
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
    load(client, await modelThatWrites('b', 'b.model'));
    expect(client.status.kind).toBe('ready');
    await until(() => statuses.length === 3);
    expect(kinds()).toEqual(['loading', 'ready', 'ready']);
    expect((await client.suggest(request()))?.text).toBe('bbbbb');
  });

  it('keeps the model it has when the newer file is torn', async () => {
    const { client, log } = await startReady();
    const torn = path.join(folder, 'torn.model');
    const whole = await readFile(await modelThatWrites('b', 'b.model'));
    await writeFile(torn, whole.subarray(0, whole.length - 7));
    load(client, torn);
    await until(() => log.length > 0);
    expect(log[0]).toContain('torn.model');
    expect(client.status.kind).toBe('ready');
    expect((await client.suggest(request()))?.text).toBe('aaaaa');
  });

  it('says in one sentence why the first model cannot be loaded', async () => {
    const { client } = startClient(realWorker);
    load(client, path.join(folder, 'missing.model'));
    await until(() => client.status.kind === 'failed');
    expect(failureOf(client)).toContain('missing.model');
    load(client, await modelThatWrites('a', 'a.model'));
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
    const { client } = startClient(realWorker);
    const resume = { fingerprint: 'f'.repeat(64), windowsDone: 0, random: new RandomGenerator(0).state };
    load(client, await modelThatWrites('a', 'untrained.model', 0, resume));
    await until(() => client.status.kind === 'ready');
    expect(await client.suggest(request())).toBeUndefined();
    const options = { prime: '', length: 20, temperature: 0, seed: 0 };
    await expect(client.sample(options, () => expect.fail('a sample'))).rejects.toThrow(
      /none was trained yet/,
    );
  });

  it('writes with a network that was trained elsewhere', async () => {
    const { client } = startClient(realWorker);
    load(client, await modelThatWrites('a', 'imported.model', 0));
    await until(() => client.status.kind === 'ready');
    expect((await client.suggest(request()))?.text).toBe('aaaaa');
  });

  it('forgets the model when unloaded', async () => {
    const { client, kinds } = await startReady();
    client.setSources({});
    expect(kinds()).toEqual(['loading', 'ready', 'noModel']);
    expect(await client.suggest(request())).toBeUndefined();
    load(client, await modelThatWrites('a', 'a.model'));
    await until(() => client.status.kind === 'ready');
  });

  it('starts no worker before a model is loaded', async () => {
    const { client, kinds } = startClient(path.join(folder, 'no such worker'));
    expect(await client.suggest(request())).toBeUndefined();
    client.forget('a');
    expect(kinds()).toEqual([]);
  });
});

it('suggests from the files of the workspace before there is a model', async () => {
  const workspace = path.join(folder, 'workspace');
  await mkdir(workspace);
  await writeFile(path.join(workspace, 'a.txt'), 'first the harbour, then the lighthouse\n'.repeat(30));
  const { client } = startClient(realWorker);
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
  const workspace = path.join(folder, 'unsaved');
  await mkdir(workspace);
  const file = path.join(workspace, 'a.txt');
  await writeFile(file, 'some words that are saved\n');
  const { client } = startClient(realWorker);
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
  const { client } = startClient(realWorker);
  const root = path.join(folder, 'empty');
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

describe('whatever the worker does', () => {
  const summary = { isTrained: true };
  /** A worker that loads anything, and does as the request's document says. */
  const script = `
    const { parentPort } = require('node:worker_threads');
    parentPort.postMessage({ type: 'hello', version: ${SUGGESTION_PROTOCOL_VERSION} });
    let late;
    parentPort.on('message', (message) => {
      const { type, id, method, params } = message;
      if (type === 'sources') {
        const { model, corpus } = message.sources;
        if (model?.path === 'crash') throw new Error('no such luck');
        if (model) parentPort.postMessage({ type: 'modelLoaded', summary: ${JSON.stringify(summary)} });
        if (!corpus) return;
        parentPort.postMessage({ type: 'workspaceRead', summary: { files: 20, isComplete: false } });
        if (corpus.options.roots[0] === '/crash') setTimeout(() => { throw new Error('no room'); }, 1);
      }
      if (type === 'open') parentPort.postMessage({ type: 'openFailed', document: message.document, detail: 'no room' });
      if (method === 'sample') {
        if (params.prime === 'silent') return;
        process.exit(3);
      }
      if (method !== 'suggest') return;
      const { document, prefix } = params;
      const answer = { type: 'reply', id, result: { text: prefix, confidence: 1, alternatives: [] } };
      if (document === 'answer') parentPort.postMessage(answer);
      if (document === 'late' && !params.explicit) late = answer;
      if (document === 'late' && params.explicit) {
        parentPort.postMessage(late);
        setTimeout(() => parentPort.postMessage(answer), 60);
      }
      if (document === 'fail') parentPort.postMessage({ type: 'failure', id, sentence: 'Broken.', detail: 'at x' });
      if (document === 'crash') throw new Error('out of luck');
    });`;
  let fakeWorker = '';
  beforeAll(async () => {
    fakeWorker = path.join(folder, 'fake-worker.cjs');
    await writeFile(fakeWorker, script);
  });

  async function startReady(limits?: Partial<ClientLimits>) {
    const started = startClient(fakeWorker, { restartDelayMs: 1, ...limits });
    load(started.client, 'm');
    await until(() => started.client.status.kind === 'ready');
    return started;
  }

  it('a late answer is dropped', async () => {
    const { client } = await startReady({ automaticDeadlineMs: 10 });
    expect(await client.suggest(request({ document: 'late', prefix: 'old' }))).toBeUndefined();
    const explicit = await client.suggest(request({ document: 'late', explicit: true }));
    expect(explicit?.text).toBe('x');
  });

  it('an aborted request is answered at once', async () => {
    const { client } = await startReady();
    const controller = new AbortController();
    const answer = client.suggest(request({ document: 'silent' }), controller.signal);
    controller.abort();
    expect(await answer).toBeUndefined();
    expect(await client.suggest(request({ document: 'answer' }), controller.signal)).toBeUndefined();
    expect((await client.suggest(request({ document: 'answer' })))?.text).toBe('x');
  });

  it('an error is logged and means nothing to say', async () => {
    const { client, log } = await startReady();
    expect(await client.suggest(request({ document: 'fail' }))).toBeUndefined();
    expect(log).toEqual(['at x']);
    expect(client.status.kind).toBe('ready');
  });

  it('after a crash it is started again with the model', async () => {
    const { client, kinds, log } = await startReady();
    expect(await client.suggest(request({ document: 'crash' }))).toBeUndefined();
    expect(failureOf(client)).toContain('out of luck');
    await until(() => client.status.kind === 'ready');
    expect(kinds()).toEqual(['loading', 'ready', 'failed', 'loading', 'ready']);
    expect(log).toEqual(['the suggestion worker stopped: out of luck']);
    expect((await client.suggest(request({ document: 'answer' })))?.text).toBe('x');
  });

  it('a crash ends a sample with a sentence', async () => {
    const { client } = await startReady();
    const options = { prime: '', length: 5, temperature: 0, seed: 0 };
    const sampling = client.sample(options, () => {});
    await expect(sampling).rejects.toThrow(UserFacingError);
    await expect(sampling).rejects.toThrow(/exit code 3/);
  });

  it('it stays off after several crashes in a row, until a model is loaded again', async () => {
    const { client, statuses, log, kinds } = startClient(fakeWorker, { restartDelayMs: 1, maxCrashes: 3 });
    load(client, 'crash');
    await until(() => log.length === 3);
    expect(failureOf(client)).toContain('keeps stopping');
    const count = statuses.length;
    load(client, 'm');
    await until(() => client.status.kind === 'ready');
    expect(kinds().slice(count)).toEqual(['loading', 'ready']);
  });

  it('it stays off, too, when files change', async () => {
    const { client, log } = startClient(fakeWorker, { restartDelayMs: 1, maxCrashes: 2 });
    const sources = { corpus: corpusOf('/crash') };
    client.setSources(sources);
    await until(() => log.length === 2);
    const started = vi.spyOn(Worker.prototype, 'postMessage');
    client.setSources({ corpus: { ...sources.corpus, revision: 2 } });
    expect(started).not.toHaveBeenCalled();
    started.mockRestore();
    client.setSources({ ...sources, model: { path: 'crash', version: '1' } });
    await until(() => log.length === 4);
  });

  it('crashes with work done in between are not in a row', async () => {
    const { client, log } = await startReady({ maxCrashes: 2 });
    for (let round = 1; round <= 3; round++) {
      await client.suggest(request({ document: 'answer' }));
      await client.suggest(request({ document: 'crash' }));
      await until(() => client.status.kind === 'ready');
      expect(log.length).toBe(round);
    }
  });

  it('disposing answers everything that waits', async () => {
    const { client, statuses } = await startReady();
    const suggestion = client.suggest(request({ document: 'silent' }));
    const sampling = client.sample({ prime: '', length: 5, temperature: 0, seed: 0 }, () => {});
    const count = statuses.length;
    client.dispose();
    expect(await suggestion).toBeUndefined();
    await expect(sampling).rejects.toThrow(UserFacingError);
    load(client, 'm');
    expect(await client.suggest(request())).toBeUndefined();
    expect(statuses.length).toBe(count);
  });

  it('the same sources again change nothing, others are sent as a whole', async () => {
    const { client, statuses } = await startReady();
    const post = vi.spyOn(Worker.prototype, 'postMessage');
    const count = statuses.length;
    load(client, 'm');
    expect([post.mock.calls.length, statuses.length]).toEqual([0, count]);
    const sources = { model: { path: 'm', version: 'm' }, corpus: corpusOf('/w') };
    client.setSources(sources);
    expect(post.mock.calls).toEqual([[{ type: 'sources', sources }]]);
    post.mockRestore();
    await until(() => client.workspace !== undefined);
    expect(client.status.kind).toBe('ready');
  });

  it('the model goes without the workspace, and the other way round', async () => {
    const { client } = await startReady();
    const model = { path: 'm', version: 'm' };
    client.setSources({ model, corpus: corpusOf('/w') });
    await until(() => client.workspace !== undefined);
    client.setSources({ corpus: corpusOf('/w') });
    expect([client.status.kind, client.workspace?.files]).toEqual(['noModel', 20]);
    client.setSources({ model, corpus: corpusOf('/w') });
    await until(() => client.status.kind === 'ready');
    client.setSources({ model });
    expect([client.status.kind, client.workspace]).toEqual(['ready', undefined]);
  });

  it('removing the model ends a sample that is being written', async () => {
    const { client } = await startReady();
    client.setSources({ model: { path: 'm', version: 'm' }, corpus: corpusOf('/w') });
    const sampling = client.sample({ prime: 'silent', length: 5, temperature: 0, seed: 0 }, () => {});
    client.setSources({ corpus: corpusOf('/w') });
    await expect(sampling).rejects.toThrow(/^The model was removed/);
  });

  it('the revision grows with each model that is loaded or unloaded, and with nothing else', async () => {
    const { client } = await startReady();
    const first = client.revision;
    client.setSources({ model: { path: 'm', version: 'm' }, corpus: corpusOf('/w') });
    await until(() => client.workspace !== undefined);
    // The fake worker loads whatever it is sent.
    expect(client.revision).toBe(first + 1);
    client.setSources({ corpus: corpusOf('/w') });
    expect(client.revision).toBe(first + 2);
  });

  it('a document that it cannot open is sent once, until it is closed', async () => {
    const { client, log } = startClient(fakeWorker);
    client.setSources({ corpus: corpusOf('/w') });
    await until(() => client.workspace !== undefined);
    client.follow('a', textOf('a'));
    await until(() => log.length === 1);
    expect(log[0]).toMatch(/no room/);
    const post = vi.spyOn(Worker.prototype, 'postMessage');
    client.follow('a', textOf('a'));
    expect(post).not.toHaveBeenCalled();
    client.forget('a');
    client.follow('a', textOf('a'));
    expect(post.mock.calls.map(([{ type }]) => type as string)).toEqual(['forget', 'open']);
    post.mockRestore();
  });

  it('one of another version is refused in a sentence, and not started again', async () => {
    const script = path.join(folder, 'old-worker.cjs');
    await writeFile(
      script,
      "require('node:worker_threads').parentPort.postMessage({ type: 'hello', version: 0 });",
    );
    const { client, log } = startClient(script, { restartDelayMs: 1 });
    load(client, 'm');
    await until(() => client.status.kind === 'failed');
    expect(failureOf(client)).toMatch(/another version.*reload/);
    expect(log.length).toBe(1);
  });

  it('a sample can wait until a model that is being loaded is in', async () => {
    const { client } = startClient(fakeWorker);
    await client.whenLoaded();
    load(client, 'm');
    expect(client.status.kind).toBe('loading');
    await client.whenLoaded();
    expect(client.status.kind).toBe('ready');
  });

  it('a sample without a model is refused in a sentence', async () => {
    const { client } = startClient(fakeWorker);
    const sampling = client.sample({ prime: '', length: 5, temperature: 0, seed: 0 }, () => {});
    await expect(sampling).rejects.toThrow(UserFacingError);
    await expect(sampling).rejects.toMatchObject({ code: 'no-model' });
  });
});
