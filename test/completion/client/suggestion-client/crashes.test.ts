import { writeFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, vi } from 'vitest';
import { UserFacingError } from '../../../../src/common/errors.ts';
import { until } from '../../../until.ts';
import { corpusOf, failureOf, load, request } from './client-fixture.ts';
import { scriptedWorkerFixture } from './scripted-worker.ts';

const { start, startReady, startClient, inFolder } = scriptedWorkerFixture();

describe('whatever the worker does', () => {
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
    const { client, statuses, log, kinds } = start({ restartDelayMs: 1, maxCrashes: 3 });
    load(client, 'crash');
    await until(() => log.length === 3);
    expect(failureOf(client)).toContain('keeps stopping');
    const count = statuses.length;
    load(client, 'm');
    await until(() => client.status.kind === 'ready');
    expect(kinds().slice(count)).toEqual(['loading', 'ready']);
  });

  it('it stays off, too, when files change', async () => {
    const { client, log } = start({ restartDelayMs: 1, maxCrashes: 2 });
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

  it('one of another version is refused in a sentence, and not started again', async () => {
    const script = inFolder('old-worker.cjs');
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
});
