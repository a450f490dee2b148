import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { CorpusSource } from '../../../src/completion/worker/protocol.ts';
import { writeMemoryFile } from '../../../src/completion/worker/memory/memory-file.ts';
import { fingerprintOf } from '../../../src/completion/worker/memory/restore-memory.ts';
import type { WorkspaceSummary } from '../../../src/completion/worker/workspace-index.ts';
import { WorkspaceSlot, type WorkspaceSlotContext } from '../../../src/completion/worker/workspace-slot.ts';
import {
  type ContextModel,
  createContextModel,
  type SavedWorkspace,
} from '../../../src/context-model/index.ts';
import type { Corpus } from '../../../src/corpus/index.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import type { ContextModelPredictor } from '../../../src/completion/predict/context-model-predictor.ts';
import { expectedAfter, modelOf, options, remembered } from './memory/remembering.ts';

const temporary = temporaryFolder();
const plain = 'alpha beta gamma\n'.repeat(40);
const files = { '/w/a': plain, '/w/b': remembered };

async function rememberedIn(name: string): Promise<string> {
  const file = temporary(name);
  const model = await modelOf(files);
  const fingerprint = fingerprintOf(options, 'code');
  await model.withSnapshot((snapshot) => writeMemoryFile(file, fingerprint, snapshot, [], () => true));
  return file;
}

/** A slot whose workspace is read when `read` is called, and what it reports. */
function start(changes: Partial<WorkspaceSlotContext> = {}) {
  const models: ContextModel[] = [];
  const summaries: WorkspaceSummary[] = [];
  const notes: string[] = [];
  const errors: unknown[] = [];
  let read: (found: Readonly<Record<string, string>>) => void = () => undefined;
  let wake: () => void = () => undefined;
  const slot = new WorkspaceSlot({
    createContextModel: async (saved) => {
      const model = await createContextModel(0, saved);
      models.push(model);
      return model;
    },
    readCorpus: () =>
      new Promise<Corpus>((resolve) => {
        read = (found) => {
          const read = Object.entries(found).map(([path, text]) => ({
            path,
            text,
            encoding: 'utf-8',
            characters: text.length,
          }));
          resolve({ files: read, leftOut: [], characters: 0 });
        };
        wake();
      }),
    learnablePaths: () => Promise.resolve(new Set(Object.keys(files))),
    code: 'code',
    onChange: () => undefined,
    onIgnored: () => undefined,
    onProgress: (summary) => {
      summaries.push(summary);
      wake();
    },
    onError: (error) => errors.push(error),
    onNote: (line) => notes.push(line),
    onOutOfStep: () => undefined,
    ...changes,
  });
  const until = async (isAsWanted: () => boolean): Promise<void> => {
    while (!isAsWanted()) await new Promise<void>((resolve) => (wake = resolve));
  };
  /** Settles when the workspace is being read. */
  const reading = (): Promise<void> => new Promise((resolve) => (wake = resolve));
  return {
    slot,
    models,
    summaries,
    notes,
    errors,
    until,
    reading,
    read: (found: object) => read({ ...found }),
  };
}

const sourceOf = (memoryPath: string, changes: object = {}): CorpusSource => ({
  options: { ...options, ...changes },
  revision: 1,
  memoryPath,
});

describe('a workspace that is remembered', () => {
  it('is suggested from before its files have been read, and then learns what has changed', async () => {
    const { slot, models, summaries, notes, until, read } = start();
    slot.set(sourceOf(await rememberedIn('memory.bin')));
    await until(() => summaries.length > 0);
    expect(summaries[0]).toMatchObject({ files: 2, isComplete: false });
    expect(notes).toEqual([
      expect.stringMatching(/^\d+ characters of 2 files are remembered, after \d+ ms$/),
    ]);
    const model = models.at(-1)!;
    expect(expectedAfter(model, 'remember(e')[0]).toBe('l');
    const now = { '/w/a': `${plain}delta\n`, '/w/c': 'gamma delta\n' };
    read(now);
    await until(() => summaries.at(-1)!.isComplete);
    const anew = await modelOf({ ...files, ...now });
    await anew.forgetFile('/w/b');
    for (const typed of ['', 'alpha', 'gamma ', 'remember('])
      expect(expectedAfter(model, typed)).toBe(expectedAfter(anew, typed));
    slot.set(undefined);
  });

  it('is suggested from as open documents know it until it is restored, and these are asked for again', async () => {
    const predictors: (ContextModelPredictor | undefined)[] = [];
    const outOfStep: string[] = [];
    const { slot, models, summaries, until } = start({
      onChange: (predictor) => predictors.push(predictor),
      onOutOfStep: (document) => outOfStep.push(document),
      learnablePaths: () => {
        predictors.at(-1)!.open('/w/open', 'a text');
        return Promise.resolve(new Set(Object.keys(files)));
      },
    });
    slot.set(sourceOf(await rememberedIn('meanwhile.bin')));
    await until(() => summaries.length > 0);
    expect(predictors.length).toBe(2);
    expect(outOfStep).toEqual(['/w/open']);
    expect(models.map((model) => model.files)).toEqual([0, 2]);
    slot.set(undefined);
    expect(predictors).toEqual([expect.anything(), expect.anything(), undefined]);
  });

  it('is read anew where there was no memory to restore it, and stays', async () => {
    const file = await rememberedIn('no-room.bin');
    const { slot, models, notes, errors, reading, read, until, summaries } = start({
      createContextModel: (saved?: SavedWorkspace) =>
        saved ? Promise.reject(new RangeError('no room')) : createContextModel(0),
    });
    slot.set(sourceOf(file));
    await reading();
    expect(notes).toEqual([expect.stringMatching(/could not be restored this time, so it is read anew: /)]);
    expect([existsSync(file), models, errors]).toEqual([true, [], []]);
    read({ '/w/a': plain });
    await until(() => summaries.length > 0);
    expect(summaries.at(-1)).toMatchObject({ files: 1, isComplete: true });
    slot.set(undefined);
  });

  it('is read anew where what was remembered is damaged, which is deleted and said', async () => {
    const file = await rememberedIn('damaged.bin');
    const bytes = await readFile(file);
    bytes[bytes.length >> 1] ^= 1;
    await writeFile(file, bytes);
    const { slot, models, summaries, notes, errors, until, reading, read } = start();
    slot.set(sourceOf(file));
    await reading();
    expect(notes).toEqual([expect.stringMatching(/cannot be used, so it is read anew: it is damaged/)]);
    expect([existsSync(file), summaries, errors]).toEqual([false, [], []]);
    read({ '/w/a': plain });
    await until(() => summaries.length > 0);
    expect(summaries.at(-1)).toMatchObject({ files: 1, isComplete: true });
    expect(expectedAfter(models.at(-1)!, 'remember(')).not.toContain('e');
    slot.set(undefined);
  });

  it('is not suggested from where settings leave something else out meanwhile', async () => {
    const file = await rememberedIn('changed.bin');
    let isChanged = false;
    const { slot, models, summaries, reading } = start({
      learnablePaths: () => {
        if (!isChanged) slot.set(sourceOf(file, { exclude: ['b'] }));
        isChanged = true;
        return Promise.resolve(new Set(Object.keys(files)));
      },
    });
    slot.set(sourceOf(file));
    await reading();
    expect([models.length, summaries, existsSync(file)]).toEqual([2, [], false]);
    expect(models.map((model) => model.files)).toEqual([0, 0]);
    slot.set(undefined);
  });

  it('is not looked for where no file is kept', async () => {
    const { slot, notes, reading } = start({ learnablePaths: () => Promise.reject(new Error('not asked')) });
    slot.set({ options, revision: 1 });
    await reading();
    expect(notes).toEqual([]);
    slot.set(undefined);
  });
});
