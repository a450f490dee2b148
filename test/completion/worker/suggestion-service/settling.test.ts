import { describe, expect, it } from 'vitest';
import { corpusSource, start } from './service-fixture.ts';

describe('settling', () => {
  it('is answered when the model is loaded and the files are learnt', async () => {
    const { service, posted, until } = start();
    const model = { path: 'm', version: '1' };
    service.receive({ type: 'sources', sources: { model, corpus: corpusSource } });
    service.receive({ type: 'request', id: 9, method: 'settle', params: undefined });
    await until(() => posted.some(({ type }) => type === 'reply'));
    const types = posted.map(({ type }) => type);
    expect(types.at(-1)).toBe('reply');
    expect(types).toContain('modelLoaded');
    expect(posted).toContainEqual(
      expect.objectContaining({
        type: 'workspaceRead',
        summary: expect.objectContaining({ isComplete: true }) as unknown,
      }),
    );
  });

  it('is answered though nothing can be loaded or read', async () => {
    const { service, posted, until } = start({ readCorpus: () => Promise.reject(new Error('gone')) });
    const model = { path: 'torn', version: '1' };
    service.receive({ type: 'sources', sources: { model, corpus: corpusSource } });
    service.receive({ type: 'request', id: 9, method: 'settle', params: undefined });
    await until(() => posted.some(({ type }) => type === 'reply'));
    expect(posted.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['modelFailed', 'workspaceFailed', 'reply']),
    );
  });
});
