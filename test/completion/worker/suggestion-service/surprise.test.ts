import { describe, expect, it } from 'vitest';
import type { ToSuggestionWorker } from '../../../../src/completion/worker/protocol.ts';
import { corpusSource, learnt, load, start, suggest } from './service-fixture.ts';

describe('surprise', () => {
  const rate = (id: number, lines: number): ToSuggestionWorker => ({
    type: 'request',
    id,
    method: 'surprise',
    params: { document: '/w/b.txt', text: learnt.repeat(lines), languageId: 'plaintext', first: [] },
  });

  it('never holds up a suggestion, and is complete all the same', async () => {
    const { service, posted, until } = start();
    service.receive(load('m', '1', corpusSource));
    await until(() => posted.some(({ type }) => type === 'workspaceRead'));
    service.receive(rate(1, 2000));
    await until(() => posted.some(({ type }) => type === 'part'));
    service.receive(suggest(2, 'alpha '));
    await service.whenIdle;
    const replies = posted.flatMap((message) => (message.type === 'reply' ? [message.id] : []));
    expect(replies).toEqual([2, 1]);
    const lines = posted.flatMap((message) =>
      message.type === 'part' ? (message.part as readonly object[]).length : [],
    );
    expect(lines.reduce((sum, count) => sum + count, 0)).toBe(2000);
  });

  it('ends with the workspace that it is judged by', async () => {
    const { service, posted, until } = start();
    service.receive(load('m', '1', corpusSource));
    await until(() => posted.some(({ type }) => type === 'workspaceRead'));
    service.receive(rate(1, 2000));
    await until(() => posted.some(({ type }) => type === 'part'));
    service.receive(load('m'));
    expect(posted.at(-1)).toEqual({ type: 'reply', id: 1, result: undefined });
  });
});
