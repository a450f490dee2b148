import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../../../src/common/errors.ts';
import {
  answers,
  corpus,
  corpusSource,
  load,
  readWorkspace,
  start,
  startWithWorkspace,
  suggest,
  textOf,
} from './service-fixture.ts';

describe('with a memory', () => {
  it('tells what it knows, and suggests without a model', async () => {
    const { service, posted, until } = start();
    service.receive(readWorkspace);
    await until(() => posted.some(({ type }) => type === 'workspaceRead'));
    expect(posted.splice(0)).toEqual([
      { type: 'workspaceRead', summary: expect.objectContaining({ files: 1, isComplete: true }) as object },
    ]);
    service.receive(suggest(1, 'alpha b'));
    await until(() => posted.length > 0);
    expect(answers(posted)).toEqual([['reply', 1, expect.stringMatching(/^eta gamma/)]]);
  });

  it('goes on with a model beside it', async () => {
    const { service, posted, until } = await startWithWorkspace();
    service.receive(load('m', '1', corpusSource));
    await until(() => posted.length > 0);
    posted.splice(0);
    service.receive(suggest(1, 'alpha b'));
    await until(() => posted.length > 0);
    expect(answers(posted)).toEqual([['reply', 1, expect.stringMatching(/^eta gamma/)]]);
  });

  it('says when files cannot be read', async () => {
    const { service, posted, until } = start({
      readCorpus: () => Promise.reject(new UserFacingError('Gone.')),
    });
    service.receive(readWorkspace);
    await until(() => posted.length > 0);
    expect(posted).toMatchObject([{ type: 'workspaceFailed', sentence: 'Gone.' }]);
  });

  it('is dropped without the model, and read again when it is wanted again', async () => {
    const { service, posted, until } = start();
    const suggestionOf = async (id: number, prefix: string): Promise<string | undefined> => {
      service.receive(suggest(id, prefix));
      await until(() => posted.some((message) => message.type === 'reply' && message.id === id));
      return posted.map(textOf).at(-1);
    };
    service.receive(load('m', '1', corpusSource));
    await until(() => posted.some(({ type }) => type === 'workspaceRead'));
    await until(() => posted.some(({ type }) => type === 'modelLoaded'));
    posted.splice(0);
    service.receive(load('m'));
    expect(await suggestionOf(1, 'al')).toBe('pha beta gamma');
    service.receive({ type: 'open', document: 'a', text: 'al' });
    expect(posted.at(-1)).toEqual({ type: 'outOfStep', document: 'a' });
    expect(posted.some(({ type }) => type === 'modelLoaded')).toBe(false);
    service.receive(load('m', '1', corpusSource));
    await until(() => posted.some(({ type }) => type === 'workspaceRead'));
    service.receive(readWorkspace);
    expect(await suggestionOf(2, 'alpha b')).toMatch(/^eta gamma/);
    service.receive({ type: 'sources', sources: {} });
    expect(await suggestionOf(3, 'alpha b')).toBeUndefined();
  });

  it('is read once for the same source, and again for a higher revision', async () => {
    let readings = 0;
    const { service, posted, until } = start({
      readCorpus: () => {
        readings++;
        return Promise.resolve(corpus);
      },
    });
    service.receive(readWorkspace);
    service.receive(readWorkspace);
    await until(() => posted.length === 1);
    service.receive(load('m', '1', corpusSource));
    await until(() => posted.length === 2);
    expect(readings).toBe(1);
    service.receive({ type: 'sources', sources: { corpus: { ...corpusSource, revision: 2 } } });
    await until(() => posted.length === 3);
    expect(readings).toBe(2);
  });
});
