import { describe, expect, it, vi } from 'vitest';
import { ContextModelPredictor } from '../../../../src/completion/predict/context-model-predictor.ts';
import { createContextModel } from '../../../../src/context-model/index.ts';
import {
  answers,
  corpusSource,
  load,
  readWorkspace,
  start,
  startWithWorkspace,
  suggest,
} from './service-fixture.ts';

describe('a document, with a memory', () => {
  it('follows a document, and says when it cannot any more', async () => {
    const { service, posted, until } = await startWithWorkspace();
    const text = 'zeta omega theta\n'.repeat(10);
    service.receive({ type: 'open', document: 'a', text });
    service.receive({
      type: 'change',
      document: 'a',
      changes: [{ offset: text.length, removed: 0, inserted: 'zeta o' }],
    });
    service.receive(suggest(1, 'zeta o', 'a', { atFileStart: false, offset: text.length + 6 }));
    await until(() => posted.length > 0);
    expect(answers(posted.splice(0))).toEqual([['reply', 1, expect.stringMatching(/^mega theta/)]]);
    service.receive(suggest(2, 'zeta o', 'a', { offset: 3 }));
    await until(() => posted.length > 1);
    expect(posted.map(({ type }) => type)).toEqual(['outOfStep', 'reply']);
  });

  it('lets a change wait for the suggestion that reads its document, and ends that', async () => {
    const { service, posted, arriving, steppers, until } = await startWithWorkspace();
    service.receive(load('m', '1', corpusSource));
    await until(() => posted.length > 0);
    posted.splice(0);
    service.receive({ type: 'open', document: 'a', text: 'alpha b' });
    let feeds = 0;
    steppers[0].onFeed = () => {
      if (++feeds === 4) {
        arriving.push({ type: 'change', document: 'a', changes: [{ offset: 7, removed: 0, inserted: 'e' }] });
      }
    };
    service.receive(suggest(1, 'alpha b', 'a', { offset: 7 }));
    await until(() => posted.length > 0);
    expect(answers(posted.splice(0))).toEqual([['reply', 1, undefined]]);
    service.receive(suggest(2, 'alpha be', 'a', { offset: 8 }));
    await until(() => posted.length > 0);
    expect(answers(posted)).toEqual([['reply', 2, expect.stringMatching(/^ta gamma/)]]);
  });

  it('has a document told again that came before the memory was there', async () => {
    const { service, posted, until } = start();
    service.receive(readWorkspace);
    service.receive({ type: 'open', document: 'a', text: 'zeta' });
    expect(posted).toEqual([{ type: 'outOfStep', document: 'a' }]);
    await until(() => posted.some(({ type }) => type === 'workspaceRead'));
  });

  it('has a document told again whose suggestion failed', async () => {
    const { service, posted, steppers, until } = await startWithWorkspace();
    service.receive(load('m', '1', corpusSource));
    await until(() => posted.length > 0);
    posted.splice(0);
    service.receive({ type: 'open', document: 'a', text: 'alpha b' });
    steppers[0].onFeed = () => {
      throw new Error('broken');
    };
    service.receive(suggest(1, 'alpha b', 'a', { offset: 7 }));
    await until(() => posted.length > 1);
    expect(posted).toMatchObject([
      { type: 'outOfStep', document: 'a' },
      { type: 'failure', id: 1 },
    ]);
  });

  it('survives a document that cannot be opened, and says so', async () => {
    const memory = await createContextModel();
    vi.spyOn(memory, 'openDocument').mockImplementation(() => {
      throw new RangeError('no room');
    });
    const { service, posted, until } = start({ createContextModel: () => Promise.resolve(memory) });
    service.receive(readWorkspace);
    await until(() => posted.some(({ type }) => type === 'workspaceRead'));
    posted.splice(0);
    service.receive({ type: 'open', document: 'a', text: 'zeta' });
    expect(posted).toEqual([
      { type: 'openFailed', document: 'a', detail: expect.stringContaining('RangeError: no room') as string },
    ]);
  });

  it('survives a change that cannot be made, forgets the document and says so', async () => {
    const { service, posted } = await startWithWorkspace();
    service.receive({ type: 'open', document: 'a', text: 'zeta' });
    const change = vi.spyOn(ContextModelPredictor.prototype, 'change').mockImplementation(() => {
      throw new RangeError('no room');
    });
    const forget = vi.spyOn(ContextModelPredictor.prototype, 'forget');
    const changes = [{ offset: 4, removed: 0, inserted: 's' }];
    service.receive({ type: 'change', document: 'a', changes });
    expect(posted).toEqual([
      { type: 'outOfStep', document: 'a', detail: expect.stringContaining('RangeError: no room') as string },
    ]);
    expect(forget).toHaveBeenCalledWith('a');
    change.mockRestore();
    forget.mockRestore();
  });
});
