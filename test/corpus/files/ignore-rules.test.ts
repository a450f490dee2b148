import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { readCorpus } from '../../../src/corpus/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const names = ['a', 'b', 'ab', 'foo', 'foo.c', 'b.c', 'x y', 'q[1]', 'd#'];
const segment = fc.constantFrom(...names);
const glob = fc.constantFrom(
  ...names,
  '*',
  '*.c',
  'a*',
  '?',
  '**',
  'f?o',
  '[ab]',
  '[!a]',
  'foo*',
  '\\#',
  '\\!a',
  'q\\[1\\]',
);
const pattern = fc
  .record({
    negated: fc.boolean(),
    leading: fc.boolean(),
    parts: fc.array(glob, { minLength: 1, maxLength: 3 }),
    trailing: fc.boolean(),
  })
  .map(
    ({ negated, leading, parts, trailing }) =>
      `${negated ? '!' : ''}${leading ? '/' : ''}${parts.join('/')}${trailing ? '/' : ''}`,
  );
const gitignore = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: pattern },
    { weight: 1, arbitrary: fc.constantFrom('', '# a comment', '   ') },
  ),
  { maxLength: 5 },
);
const folder = fc.array(segment, { maxLength: 2 }).map((parts) => parts.join('/'));

describe('ignore rules', () => {
  it('agree with git check-ignore on generated trees', async () => {
    const root = temporaryFolder();
    execFileSync('git', ['init', '-q', root]);
    const write = (relative: string, content: string): boolean => {
      const file = path.join(root, relative);
      try {
        mkdirSync(path.dirname(file), { recursive: true });
        if (existsSync(file)) return false;
        writeFileSync(file, content);
        return true;
      } catch {
        return false; // a file stands where a folder would have to be
      }
    };
    const trees = fc.sample(
      fc.record({
        files: fc.array(fc.tuple(folder, segment), { minLength: 3, maxLength: 15 }),
        lists: fc.array(fc.tuple(folder, gitignore), { minLength: 1, maxLength: 4 }),
      }),
      { numRuns: 150, seed: 5 },
    );
    const files = trees.flatMap(({ files: wanted, lists }, i) => {
      const written = wanted
        .map(([dir, name]) => path.posix.join(`tree${i}`, dir, name))
        .filter((name) => write(name, 'text\n'));
      for (const [dir, lines] of lists)
        write(path.posix.join(`tree${i}`, dir, '.gitignore'), lines.join('\n'));
      return written;
    });

    const asked = spawnSync('git', ['-C', root, 'check-ignore', '--no-index', '--stdin', '-z'], {
      input: files.join('\0'),
      encoding: 'utf8',
    });
    const ignored = new Set(asked.stdout.split('\0'));
    expect(ignored.size).toBeGreaterThan(40);
    const corpus = await readCorpus({ roots: [root], include: [], exclude: [], maxCharacters: 1e6 });
    const taken = corpus.files
      .map((file) => path.relative(root, file.path).split(path.sep).join('/'))
      .filter((name) => path.basename(name) !== '.gitignore');
    expect(taken.sort()).toEqual(files.filter((name) => !ignored.has(name)).sort());
  });

  const tree = {
    'top/.git/info/exclude': 'excluded.c\n',
    'top/.gitignore': '*.o.c\n/only-top.c\nbuild/\n!kept.o.c\n',
    'top/excluded.c': 'x\n',
    'top/only-top.c': 'x\n',
    'top/a.o.c': 'x\n',
    'top/sub/only-top.c': 'x\n',
    'top/sub/a.o.c': 'x\n',
    'top/sub/kept.o.c': 'x\n',
    'top/sub/excluded.c': 'x\n',
    'top/sub/build/x.c': 'x\n',
    'top/sub/deep/.gitignore': '\uFEFF*.c\r\n!b.c\r\n',
    'top/sub/deep/a.c': 'x\n',
    'top/sub/deep/b.c': 'x\n',
  };
  const read = async (root: string) => {
    const { files } = await readCorpus({ roots: [root], include: [], exclude: [], maxCharacters: 1e6 });
    return files
      .map((file) => path.relative(root, file.path).replaceAll('\\', '/'))
      .filter((name) => name.endsWith('.c'));
  };

  it('hold below a root from the top of its repository', async () => {
    const root = temporaryFolder(tree);
    expect(await read(path.join(root, 'top/sub'))).toEqual(['deep/b.c', 'kept.o.c', 'only-top.c']);
    expect(await read(root)).toEqual(['top/sub/deep/b.c', 'top/sub/kept.o.c', 'top/sub/only-top.c']);
  });

  it('do not hide a root that is named itself', async () => {
    const root = temporaryFolder(tree);
    expect(await read(path.join(root, 'top/sub/build'))).toEqual(['x.c']);
  });

  it('of a worktree come from the repository it belongs to', async () => {
    const root = temporaryFolder({
      'main/.git/info/exclude': 'hidden.c\n',
      'main/.git/worktrees/w/commondir': '../..\n',
      'w/.git': 'gitdir: ../main/.git/worktrees/w\n',
      'w/hidden.c': 'x\n',
      'w/seen.c': 'x\n',
    });
    expect(await read(path.join(root, 'w'))).toEqual(['seen.c']);
  });
});
