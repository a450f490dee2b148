import { Worker } from 'node:worker_threads';
import { describe, expect, it, vi } from 'vitest';
import { UserFacingError } from '../../../../src/common/errors.ts';
import { until } from '../../../until.ts';
import { corpusOf, load, textOf } from './client-fixture.ts';
import { scriptedWorkerFixture } from './scripted-worker.ts';

const { start, startReady } = scriptedWorkerFixture();

describe('whatever the worker does', () => {
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
    const { client, log } = start();
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

  it('a sample can wait until a model that is being loaded is in', async () => {
    const { client } = start();
    await client.whenLoaded();
    load(client, 'm');
    expect(client.status.kind).toBe('loading');
    await client.whenLoaded();
    expect(client.status.kind).toBe('ready');
  });

  it('a sample without a model is refused in a sentence', async () => {
    const { client } = start();
    const sampling = client.sample({ prime: '', length: 5, temperature: 0, seed: 0 }, () => {});
    await expect(sampling).rejects.toThrow(UserFacingError);
    await expect(sampling).rejects.toMatchObject({ code: 'no-model' });
  });
});
