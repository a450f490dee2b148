import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { writeMemoryFile } from '../../../../src/completion/worker/memory/memory-file.ts';
import { fingerprintOf } from '../../../../src/completion/worker/memory/restore-memory.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { NgramStepper } from '../../ngram-stepper.ts';
import { modelOf } from '../memory/remembering.ts';
import {
  corpus,
  corpusSource,
  learnt,
  load,
  sampleOf,
  start,
  startLoaded,
  suggest,
  summary,
  vocabulary,
} from './service-fixture.ts';

const temporary = temporaryFolder();

describe('samples', () => {
  it('stream', async () => {
    const { service, posted, until } = await startLoaded();
    service.receive(sampleOf(1, 15));
    await until(() => posted.at(-1)?.type === 'reply');
    expect(posted.map((message) => (message.type === 'part' ? message.part : message.type))).toEqual([
      'pha beta',
      ' gamma\n',
      'reply',
    ]);
  });

  it('are written as the workspace would, once its files are known', async () => {
    const text = 'kappa = lambda;\n'.repeat(20);
    const files = [{ path: '/w/a.txt', encoding: 'utf-8', text, characters: text.length }];
    const { service, posted, until } = start({
      readCorpus: () => Promise.resolve({ ...corpus, files }),
      // A network that knows nothing.
      loadNetwork: () =>
        Promise.resolve({ stepper: new NgramStepper(vocabulary, learnt, 0), vocabulary, summary }),
    });
    service.receive(load('m', '1', corpusSource));
    await until(() =>
      posted.some((message) => message.type === 'workspaceRead' && message.summary.files === 1),
    );
    await until(() => posted.some(({ type }) => type === 'modelLoaded'));
    service.receive({
      type: 'request',
      id: 1,
      method: 'sample',
      params: { prime: 'kappa = la', length: 6, temperature: 0, seed: 0 },
    });
    await until(() => posted.at(-1)?.type === 'reply');
    expect(posted.at(-2)).toEqual({ type: 'part', id: 1, part: 'mbda;\n' });
  });

  it('go on where the workspace is restored meanwhile', async () => {
    const memoryPath = temporary('restored.bin');
    const model = await modelOf({ '/w/a.txt': learnt });
    const fingerprint = fingerprintOf(corpusSource.options, 'code');
    await model.withSnapshot((snapshot) =>
      writeMemoryFile(memoryPath, fingerprint, snapshot, [], () => true),
    );
    let restore: (() => void) | undefined;
    const { service, posted, until } = start({
      learnablePaths: () => new Promise((resolve) => (restore = () => resolve(new Set(['/w/a.txt'])))),
    });
    service.receive({
      type: 'sources',
      sources: { model: { path: 'm', version: '1' }, corpus: { ...corpusSource, memoryPath } },
    });
    while (!restore) await setImmediate();
    await until(() => posted.some(({ type }) => type === 'modelLoaded'));
    service.receive(sampleOf(1, 1e9));
    await until(() => posted.some(({ type }) => type === 'part'));
    restore();
    await until(() => posted.some(({ type }) => type === 'workspaceRead'));
    const count = posted.length;
    await until(() => posted.slice(count).some((message) => 'id' in message));
    expect(posted.slice(count).find((message) => 'id' in message)?.type).toBe('part');
    service.receive({ type: 'cancel', id: 1 });
    service.receive({ type: 'sources', sources: {} });
    await service.whenIdle;
  });

  it('let suggestions through, and end when cancelled', async () => {
    const { service, posted, until } = await startLoaded();
    service.receive(sampleOf(1, 1e9));
    await until(() => posted.length > 3);
    service.receive(suggest(2, 'al'));
    await until(() => posted.some(({ type }) => type === 'reply'));
    service.receive({ type: 'cancel', id: 1 });
    const count = posted.length;
    expect(posted.at(-1)).toEqual({ type: 'reply', id: 1, result: undefined });
    await service.whenIdle;
    expect(posted.length).toBe(count);
  });

  it('go on with the model they began with', async () => {
    const { service, posted, steppers, until } = await startLoaded();
    service.receive(sampleOf(1, 1e9));
    service.receive(load('newer', '2'));
    await until(() => posted.some(({ type }) => type === 'modelLoaded'));
    const count = posted.length;
    await until(() => posted.length > count + 2);
    expect(posted.at(-1)?.type).toBe('part');
    expect(steppers[0].isDisposed).toBe(false);
    service.receive({ type: 'cancel', id: 1 });
    expect(steppers.map(({ isDisposed }) => isDisposed)).toEqual([true, false]);
  });
});
