import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { UnusableMemoryFile, writeMemoryFile } from '../../../../src/completion/worker/memory/memory-file.ts';
import { fingerprintOf, restoreMemory } from '../../../../src/completion/worker/memory/restore-memory.ts';
import { createContextModel } from '../../../../src/context-model/index.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { expectedAfter, modelOf, options, remembered } from './remembering.ts';

const temporary = temporaryFolder();
const fingerprint = fingerprintOf(options, 'code');
const files = { '/w/a': 'alpha beta gamma\n'.repeat(20), '/w/b': remembered };

async function written(name: string): Promise<string> {
  const file = temporary(name);
  const model = await modelOf(files);
  await model.withSnapshot((snapshot) => writeMemoryFile(file, fingerprint, snapshot, ['/w/b'], () => true));
  return file;
}

const restore = (file: string, learnable: readonly string[]) =>
  restoreMemory(file, fingerprint, options, {
    createContextModel: (saved) => createContextModel(0, saved),
    learnablePaths: () => Promise.resolve(new Set(learnable)),
  });

describe('what was remembered', () => {
  it('is restored whole', async () => {
    const restored = (await restore(await written('whole'), ['/w/a', '/w/b', '/w/new']))!;
    expect(restored.known).toEqual(new Map(Object.entries(files)));
    expect([restored.near, restored.hasForgotten]).toEqual([['/w/b'], false]);
    expect(expectedAfter(restored.model, 'remember(e')[0]).toBe('l');
  });

  it('is without what is excluded, ignored or gone since, before anything can be suggested', async () => {
    const restored = (await restore(await written('less'), ['/w/a']))!;
    expect([...restored.known.keys()]).toEqual(['/w/a']);
    expect([restored.near, restored.hasForgotten]).toEqual([[], true]);
    const never = await modelOf({ '/w/a': files['/w/a'] });
    // Symbols stay; what follows what does not.
    for (const typed of ['', 'a', 'alpha', 'alpha be'])
      expect(expectedAfter(restored.model, typed)).toBe(expectedAfter(never, typed));
    expect(expectedAfter(restored.model, 'remember(')).not.toContain('e');
  });

  it('leaves nothing of a window that was killed while it wrote', async () => {
    const file = await written('killed');
    // No process has such an id.
    const unfinished = `${file}.4194999.0.tmp`;
    await writeFile(unfinished, 'half');
    expect((await restore(file, ['/w/a', '/w/b']))!.known.size).toBe(2);
    expect(existsSync(unfinished)).toBe(false);
  });

  it('is refused where most of it is gone', async () => {
    await expect(restore(await written('most'), ['/w/b'])).rejects.toThrow(UnusableMemoryFile);
  });

  it('is nothing where nothing was', async () => {
    expect(await restore(temporary('none'), ['/w/a'])).toBeUndefined();
  });

  it('has another fingerprint with whatever decides what is remembered, and the same wherever somebody edits', () => {
    const of = (changes: object, code = 'code') =>
      fingerprintOf({ ...options, ...changes }, code).toString('hex');
    const different = [
      of({}),
      of({}, 'other code'),
      of({ roots: ['/v'] }),
      of({ exclude: ['secret/'] }),
      of({ include: ['src/'] }),
      of({ excludeByRoot: { '/w': ['out'] } }),
      of({ maxFileBytes: 5 }),
      of({ maxCharacters: 5 }),
      of({ encodings: { '/w': { byEnding: {}, others: 'euc-kr' } } }),
    ];
    expect(new Set(different).size).toBe(different.length);
    expect(of({ near: ['/w/a'] })).toBe(of({}));
  });
});
