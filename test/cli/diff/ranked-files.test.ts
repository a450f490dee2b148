import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesOfDiff as filesOfDiffReporting } from '../../../src/cli/diff/ranked-files.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const at = temporaryFolder();
let root: string;

const leftOut: string[] = [];
const filesOfDiff = (diff: string, paths: readonly string[]) =>
  filesOfDiffReporting(diff, paths, (sentence) => leftOut.push(sentence));
const adding = (name: string, line: string) => `--- a/${name}\n+++ b/${name}\n@@ -1 +1 @@\n-x\n+${line}\n`;
const start = process.cwd();
const standIn = (...folders: string[]) => process.chdir(join(root, ...folders));

beforeEach(async () => {
  leftOut.length = 0;
  root = at('repository');
  await mkdir(join(root, '.git'), { recursive: true });
  await mkdir(join(root, 'cmd'), { recursive: true });
  await writeFile(join(root, 'main.go'), 'root\n');
  await writeFile(join(root, 'cmd', 'main.go'), 'cmd\n');
  await writeFile(join(root, '..', 'outside.go'), 'outside\n');
});

afterEach(() => process.chdir(start));

describe('filesOfDiff', () => {
  const both = adding('main.go', 'root') + adding('cmd/main.go', 'cmd');

  it('takes names from the root of the repository in a folder with files of the same names', async () => {
    standIn('cmd');
    const files = await filesOfDiff(both, []);
    expect(files.map(({ path, text }) => [path, text])).toEqual([
      [join('..', 'main.go'), 'root\n'],
      ['main.go', 'cmd\n'],
    ]);
  });

  it('takes a name from the present folder where only that file is what the diff leads to', async () => {
    standIn('cmd');
    const files = await filesOfDiff(adding('main.go', 'cmd'), []);
    expect(files.map(({ path }) => path)).toEqual(['main.go']);
  });

  it('takes a FILE for itself, and not for one of the same name in another folder', async () => {
    standIn();
    const named = async (diff: string) =>
      (await filesOfDiff(diff, [join(root, 'cmd', 'main.go')])).map(({ text }) => text);
    expect(await named(both)).toEqual(['cmd\n']);
    expect(await named(adding('main.go', 'root'))).toEqual([]);
  });

  it('reports a FILE that is not there', async () => {
    standIn();
    await expect(filesOfDiff(both, [join(root, 'typo.go')])).rejects.toThrow(/typo\.go cannot be read/);
  });

  it('does not follow a name out of the repository, unless that file is named', async () => {
    standIn();
    const outside = join(root, '..', 'outside.go');
    for (const name of ['../outside.go', 'cmd/../../outside.go']) {
      await expect(filesOfDiff(adding(name, 'outside'), [])).rejects.toThrow(/not read unasked/);
    }
    await expect(filesOfDiff(adding('outside.go', 'outside'), [])).rejects.toThrow(/is not there/);
    await expect(
      filesOfDiff(`--- ${outside}\n+++ ${outside}\n@@ -1 +1 @@\n-x\n+outside\n`, []),
    ).rejects.toThrow(/not read unasked/);
    const [file] = await filesOfDiff(adding('outside.go', 'outside'), [outside]);
    expect(file.text).toBe('outside\n');
  });

  it('leaves out a file that is no text and goes on, unless it is named', async () => {
    standIn();
    await writeFile(
      join(root, 'data.c'),
      Buffer.from(Array.from({ length: 400 }, (_, at) => (at * 37) % 256)),
    );
    const diff = adding('data.c', 'x') + adding('main.go', 'root');
    expect((await filesOfDiff(diff, [])).map(({ path }) => path)).toEqual(['main.go']);
    expect(leftOut).toEqual([expect.stringMatching(/^data\.c is not ranked: \S.*\.$/)]);
    await expect(filesOfDiff(diff, ['data.c'])).rejects.toThrow(/data\.c cannot be read/);
  });

  it('leaves out no text because another file of the same name is none', async () => {
    standIn('cmd');
    const noText = Buffer.from(Array.from({ length: 400 }, (_, at) => (at * 37) % 256));
    await writeFile(join(root, 'main.go'), noText);
    expect((await filesOfDiff(adding('main.go', 'cmd'), [])).map(({ path }) => path)).toEqual(['main.go']);
    expect(leftOut).toEqual([]);
  });
});
