import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../../../src/common/errors.ts';
import { load, request } from './client-fixture.ts';
import { scriptedWorkerFixture } from './scripted-worker.ts';

const { startReady } = scriptedWorkerFixture();

describe('whatever the worker does', () => {
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
});
