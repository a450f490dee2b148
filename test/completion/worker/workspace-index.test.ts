import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type FileModel,
  WorkspaceIndex,
  type WorkspaceSummary,
} from '../../../src/completion/worker/workspace-index.ts';
import type { ReadingResult } from '../../../src/completion/worker/memory/memory-keeper.ts';
import { OVER_LIMIT, type Corpus, type CorpusOptions, type SkippedFile } from '../../../src/corpus/index.ts';
import { MAX_REMEMBERED_CHARACTERS } from '../../../src/context-model/index.ts';

vi.mock('../../../src/common/sleep.ts', () => import('../../fake-sleep.ts'));

const options: CorpusOptions = { roots: ['/w'], include: [], exclude: [], maxCharacters: 1e9 };

/** A workspace of files by path, read when asked, and what the memory did with them. */
function start(files: Record<string, string>) {
  const log: string[] = [];
  const known = new Set<string>();
  const reports: WorkspaceSummary[] = [];
  const errors: unknown[] = [];
  const asked: CorpusOptions[] = [];
  const ignored: (readonly string[])[] = [];
  const learnt: ReadingResult[] = [];
  const leftOut: SkippedFile[] = [];
  const model: FileModel = {
    get files() {
      return known.size;
    },
    characters: 0,
    bytes: 0,
    learnFile: (path: string, text: string) => {
      if (text === 'too much') return Promise.reject(new Error('no room'));
      log.push(`+${path} ${text}`);
      known.add(path);
      return Promise.resolve();
    },
    forgetFile: (path: string) => {
      log.push(`-${path}`);
      known.delete(path);
      return Promise.resolve();
    },
  };
  const workspace = new WorkspaceIndex(model, {
    readCorpus: async (given): Promise<Corpus> => {
      asked.push(given);
      if ('slow' in files) await new Promise((resolve) => setTimeout(resolve, 10));
      if ('broken' in files) throw new Error('broken');
      const found = Object.entries(files).map(([path, text]) => ({
        path,
        text,
        encoding: 'utf-8',
        characters: text.length,
      }));
      return { files: found, leftOut, characters: 0 };
    },
    onIgnored: (paths) => ignored.push(paths),
    onProgress: (summary) => reports.push(summary),
    onError: (error) => errors.push(error),
    onLearnt: (result) => learnt.push(result),
  });
  return { workspace, files, log, reports, errors, asked, ignored, leftOut, learnt };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const settle = (milliseconds = 5) => vi.advanceTimersByTimeAsync(milliseconds);

describe('the memory of a workspace', () => {
  it('says how much a reading changed, and whether what it knew may not be known any more', async () => {
    const { workspace, files, leftOut, learnt } = start({
      '/w/a': 'one',
      '/w/out/b': 'two',
      '/w/c': 'three',
    });
    const read = async (): Promise<ReadingResult | undefined> => {
      workspace.update(options);
      await settle(100_000);
      return learnt.pop();
    };
    expect(await read()).toEqual({ changedUnits: 11, hasLeftOut: false });
    delete files['/w/c'];
    leftOut.push({ path: '/w/out/b', reason: OVER_LIMIT }, { path: '/w/out/x', reason: 'binary' });
    expect(await read()).toEqual({ changedUnits: 5, hasLeftOut: false });
    delete files['/w/out/b'];
    leftOut.push({ path: '/w/out', reason: 'ignored by .gitignore' });
    expect(await read()).toEqual({ changedUnits: 3, hasLeftOut: true });
  });

  it('rests no longer where somebody waits until it is read', async () => {
    const { workspace, files, reports } = start({ '/w/a': 'one', '/w/slow': 'x' });
    workspace.update(options);
    await settle(100_000);
    for (const text of ['two', 'three', 'four']) {
      files['/w/a'] = text;
      workspace.update(options);
      let isRead = false;
      const read = workspace.whenRead().then(() => (isRead = true));
      // Each reading takes 10 ms; the rest after it would be 200.
      await settle(15);
      expect(isRead).toBe(true);
      await read;
    }
    expect(reports.at(-1)).toMatchObject({ files: 2, isComplete: true });
  });

  it('learns its files, then what changed, and forgets what is gone', async () => {
    const { workspace, files, log, reports } = start({ '/w/a': 'one', '/w/b': 'two' });
    workspace.update(options);
    await settle();
    expect(log.splice(0)).toEqual(['+/w/a one', '+/w/b two']);
    files['/w/a'] = 'uno';
    delete files['/w/b'];
    files['/w/c'] = 'three';
    workspace.update(options);
    await settle();
    expect(log).toEqual(['-/w/b', '+/w/a uno', '+/w/c three']);
    expect(reports.at(-1)).toMatchObject({ files: 2, isComplete: true });
  });

  it('looks once more for any number of calls while it is busy', async () => {
    const { workspace, asked } = start({ '/w/a': 'one' });
    for (let call = 0; call < 5; call++) workspace.update(options);
    await settle(100);
    expect(asked.length).toBe(2);
  });

  it('rests twenty times as long as a reading took, also where nothing was asked for meanwhile', async () => {
    const { workspace, asked } = start({ slow: '' });
    workspace.update(options);
    await settle(15);
    workspace.update(options);
    await settle(190);
    expect(asked.length).toBe(1);
    await settle(10);
    expect(asked.length).toBe(2);
  });

  it('reads no more than fits', async () => {
    const { workspace, asked } = start({});
    workspace.update(options);
    await settle();
    expect(asked[0].maxCharacters).toBe(MAX_REMEMBERED_CHARACTERS);
  });

  it('keeps what it knows when a reading fails, and goes on afterwards', async () => {
    const { workspace, files, log, errors } = start({ '/w/a': 'one' });
    workspace.update(options);
    await settle();
    files['broken'] = '';
    workspace.update(options);
    await settle();
    expect([log.length, errors.length]).toEqual([1, 1]);
    delete files['broken'];
    files['/w/b'] = 'two';
    workspace.update(options);
    await settle();
    expect(log.at(-1)).toBe('+/w/b two');
  });

  it('learns again what it failed to learn, though the text is what it was before', async () => {
    const { workspace, files, log, errors } = start({ '/w/a': 'one' });
    workspace.update(options);
    await settle();
    files['/w/a'] = 'too much';
    workspace.update(options);
    await settle();
    workspace.update(options);
    await settle();
    expect([log.splice(0), errors.length]).toEqual([['+/w/a one'], 2]);
    files['/w/a'] = 'one';
    workspace.update(options);
    await settle();
    expect(log.splice(0)).toEqual(['+/w/a one']);
    files['/w/a'] = 'too much';
    workspace.update(options);
    await settle();
    delete files['/w/a'];
    workspace.update(options);
    await settle();
    expect(log).toEqual(['-/w/a']);
  });

  it('reports what is ignored, whatever it holds', async () => {
    const { workspace, ignored, leftOut } = start({ '/w/a': 'one' });
    leftOut.push({ path: '/w/build', reason: 'ignored by .gitignore' }, { path: '/w/b', reason: 'binary' });
    workspace.update(options);
    await settle();
    expect(ignored).toEqual([['/w/build']]);
  });

  it('learns what is near the files that are edited first', async () => {
    const { workspace, log, asked } = start({ '/w/a/x': '1', '/w/b/deep/x': '2', '/w/b/y': '3' });
    workspace.edits('/w/b/z');
    workspace.edits('untitled:Untitled-1');
    workspace.update(options);
    await settle();
    expect(asked[0].near).toEqual(['/w/b/z']);
    expect(log).toEqual(['+/w/b/y 3', '+/w/b/deep/x 2', '+/w/a/x 1']);
  });

  it('makes room for what is near as it is learnt, the farthest first, and forgets at once what may not be known', async () => {
    const { workspace, files, log, leftOut } = start({
      '/w/far/away/x': 'five.',
      '/w/far/y': 'four',
      '/w/z': 'three',
      '/w/secret': 's',
    });
    workspace.update(options);
    await settle();
    log.splice(0);
    for (const path of Object.keys(files)) {
      delete files[path];
      leftOut.push({ path, reason: path === '/w/secret' ? 'excluded by settings' : OVER_LIMIT });
    }
    Object.assign(files, { '/w/a/b/c': 'near', '/w/a/d': 'next' });
    workspace.edits('/w/a/b/x');
    workspace.update(options);
    await settle(60_000);
    expect(log).toEqual([
      '-/w/secret',
      '-/w/far/away/x',
      '+/w/a/b/c near',
      '-/w/far/y',
      '+/w/a/d next',
      '-/w/z',
    ]);
  });

  it('leaves a reading once for what is near where somebody begins to edit, and finishes the next', async () => {
    const { workspace, log, asked, leftOut, reports } = start({
      '/w/a/x': '1',
      '/w/b/y': '2',
      slow: '',
    });
    leftOut.push({ path: '/w/c/z', reason: OVER_LIMIT });
    workspace.update(options);
    workspace.edits('/w/b/z');
    await settle(15);
    expect(asked.map(({ near }) => near)).toEqual([[], ['/w/b/z']]);
    workspace.edits('/w/a/z');
    expect([log, reports]).toEqual([[], []]);
    await settle(10);
    expect(log).toEqual(['+/w/b/y 2', '+/w/a/x 1', '+slow ']);
    expect(reports.at(-1)).toMatchObject({ isComplete: true });
    expect(asked.length).toBe(2);
    await settle(60_000);
    expect(asked.map(({ near }) => near).at(-1)).toEqual(['/w/a/z', '/w/b/z']);
  });

  it('says what may not be known any more also where a reading fails', async () => {
    const { workspace, files, leftOut, learnt, errors } = start({ '/w/a': 'one', '/w/b': 'two' });
    workspace.update(options);
    await settle();
    delete files['/w/b'];
    leftOut.push({ path: '/w/b', reason: 'excluded by settings' });
    files['/w/a'] = 'too much';
    workspace.update(options);
    await settle();
    expect([learnt.at(-1), errors.length]).toEqual([{ changedUnits: 3, hasLeftOut: true }, 1]);
  });

  it('reads again for a new folder, sooner than otherwise, where not everything was known', async () => {
    const { workspace, asked, leftOut } = start({ '/w/a/x': '1', slow: '' });
    workspace.update(options);
    await settle(15);
    workspace.edits('/w/b/y');
    await settle(1_000);
    expect(asked.length).toBe(1);
    leftOut.push({ path: '/w/b/y', reason: OVER_LIMIT });
    workspace.update(options);
    await settle(15);
    workspace.edits('/w/b/y');
    workspace.edits('/w/c/y');
    await settle(30);
    expect(asked.length).toBe(2);
    await settle(30);
    expect(asked.length).toBe(3);
    expect(asked[2].near).toEqual(['/w/c/y', '/w/b/y']);
    workspace.edits('/w/b/z');
    await settle(1_000);
    expect(asked.length).toBe(3);
  });

  it('hurries for a new folder also where files have changed meanwhile, and where it rests already', async () => {
    const { workspace, asked, leftOut } = start({ '/w/a/x': '1', slow: '' });
    leftOut.push({ path: '/w/b/y', reason: OVER_LIMIT });
    workspace.update(options);
    await settle(15);
    workspace.update(options);
    await settle(15);
    expect(asked.length).toBe(1);
    workspace.edits('/w/b/y');
    await settle(60);
    expect(asked.map(({ near }) => near)).toEqual([[], ['/w/b/y']]);
  });

  it('does nothing more once it is disposed', async () => {
    const { workspace, log } = start({ '/w/a': 'one' });
    workspace.update(options);
    workspace.dispose();
    await settle();
    expect(log).toEqual([]);
  });

  it('ends its rest when it is disposed, so that nothing it holds stays in memory', async () => {
    const { workspace, asked } = start({ '/w/a': 'one', slow: '' });
    workspace.update(options);
    await settle(15);
    workspace.update(options);
    await settle(15);
    expect([asked.length, vi.getTimerCount()]).toEqual([1, 1]);
    workspace.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});
