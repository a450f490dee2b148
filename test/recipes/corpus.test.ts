import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserFacingError } from '../../src/common/errors.ts';
import { beginningOfCorpus, RECIPES } from '../../src/recipes/index.ts';

let folder = '';
const write = (): Promise<string[]> =>
  beginningOfCorpus(RECIPES['linux'], [join(folder, 'text')], 3, join(folder, 'model'));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'char-rnn-recipes-'));
  await writeFile(join(folder, 'text'), 'a text');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the folder of a corpus', () => {
  it('is replaced where a recipe has written it', async () => {
    await mkdir(join(folder, 'model.corpus'));
    await writeFile(join(folder, 'model.corpus', '0007.txt'), 'older');
    expect(await write()).toEqual([join(folder, 'model.corpus', '0000.txt')]);
    expect(await readdir(join(folder, 'model.corpus'))).toEqual(['0000.txt']);
  });

  for (const foreign of ['notes.md', '1.txt', '.git']) {
    it(`stays as it is where it holds ${foreign}`, async () => {
      await mkdir(join(folder, 'model.corpus'));
      await writeFile(join(folder, 'model.corpus', '0000.txt'), 'older');
      await writeFile(join(folder, 'model.corpus', foreign), 'mine');
      const error: unknown = await write().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(UserFacingError);
      expect((error as Error).message).toContain(`holds ${foreign}`);
      expect((await readdir(folder)).sort()).toEqual(['model.corpus', 'text']);
      expect((await readdir(join(folder, 'model.corpus'))).sort()).toEqual(['0000.txt', foreign].sort());
    });
  }

  it('may not be a file', async () => {
    await writeFile(join(folder, 'model.corpus'), 'mine');
    await expect(write()).rejects.toThrow(/no folder/);
    expect((await readdir(folder)).sort()).toEqual(['model.corpus', 'text']);
  });
});
