import path from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import {
  type CorpusOptions,
  isTooLargeReason,
  isUnmatchedReason,
  readCorpus,
} from '../../src/corpus/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

const read = (roots: string[], options: Partial<CorpusOptions> = {}) =>
  readCorpus({ roots, include: [], exclude: [], maxCharacters: 10e6, ...options });

const namesIn = (root: string, paths: readonly { readonly path: string }[]) =>
  paths.map((file) => path.relative(root, file.path).split(path.sep).join('/')).sort();

describe('patterns of the settings', () => {
  const tree = () =>
    temporaryFolder({ 'src/a.ts': 'a\n', 'src/deep/b.tsx': 'b\n', 'src/c.js': 'c\n', 'd.ts': 'd\n' });

  for (const [pattern, names] of [
    ['**/*.{ts,tsx}', ['d.ts', 'src/a.ts', 'src/deep/b.tsx']],
    ['*.{ts,tsx}', ['d.ts', 'src/a.ts', 'src/deep/b.tsx']],
    ['./src/**', ['src/a.ts', 'src/c.js', 'src/deep/b.tsx']],
    ['./*.ts', ['d.ts']],
    ['src\\deep\\**', ['src/deep/b.tsx']],
    ['src\\*.ts', ['src/a.ts']],
    ['{src/deep,d.ts}', ['d.ts', 'src/deep/b.tsx']],
  ] as const) {
    it(`read ${pattern} as VS Code does`, async () => {
      const root = tree();
      const corpus = await read([root], { include: [pattern] });
      expect(namesIn(root, corpus.files)).toEqual(names);
      expect(corpus.leftOut.filter(({ reason }) => isUnmatchedReason(reason))).toEqual([]);
      const others = await read([root], { exclude: [pattern] });
      expect(namesIn(root, others.files).some((name) => (names as readonly string[]).includes(name))).toBe(
        false,
      );
    });
  }

  it('may be absolute paths, which hold in their root alone', async () => {
    const [one, other] = [tree(), tree()];
    const { files, leftOut } = await read([one, other], { exclude: [`${one}/src`] });
    expect(
      namesIn(
        one,
        files.filter((file) => file.path.startsWith(one)),
      ),
    ).toEqual(['d.ts']);
    expect(files).toHaveLength(1 + 4);
    expect(leftOut.filter(({ reason }) => isUnmatchedReason(reason))).toEqual([]);
  });

  it('are named where they match nothing in any root', async () => {
    const [one, other] = [temporaryFolder({ 'a.c': 'a\n' }), temporaryFolder({ 'b.h': 'b\n' })];
    const { leftOut } = await read([one, other], {
      include: ['*.c', '*.{h,hpp}', 'lib/**'],
      exclude: ['secret/**', '!kept.c'],
    });
    expect(leftOut.filter(({ reason }) => isUnmatchedReason(reason))).toEqual([
      { path: one, reason: 'no file matches the pattern "lib/**" of the settings' },
      { path: one, reason: 'no file matches the pattern "secret/**" of the settings' },
    ]);
  });
});

describe('the limit on single files', () => {
  const text = (bytes: number) => 'A line of a book.\n'.repeat(bytes / 18);

  it('is what the settings say, and is named', async () => {
    const root = temporaryFolder({ 'book.txt': text(3e6), 'a.c': 'a\n' });
    const { leftOut } = await read([root]);
    expect(leftOut).toEqual([{ path: path.join(root, 'book.txt'), reason: 'larger than 1 MiB' }]);
    expect(leftOut.every(({ reason }) => isTooLargeReason(reason))).toBe(true);
    const small = await read([root], { maxFileBytes: 1024 });
    expect(small.leftOut.map(({ reason }) => reason)).toContain('larger than 0.000977 MiB');
    expect(namesIn(root, (await read([root], { maxFileBytes: 4 * 1024 ** 2 })).files)).toEqual([
      'a.c',
      'book.txt',
    ]);
  });

  it('does not hold where there is nothing else to learn', async () => {
    const root = temporaryFolder({ 'input.txt': text(1.1e6) });
    const { files, leftOut } = await read([root]);
    expect(namesIn(root, files)).toEqual(['input.txt']);
    expect(leftOut).toEqual([]);
    expect((await read([root], { maxCharacters: 1e5 })).characters).toBeGreaterThan(0.9e5);
  });
});

describe('the encodings of the settings', () => {
  it('come first, by root and by the end of the name', async () => {
    const bytes = iconv.encode('// 检查校验和，然后继续\n', 'gbk');
    const [one, other] = [
      temporaryFolder({ 'a.c': bytes, 'b.py': bytes, Makefile: bytes, 'd.test.js': bytes }),
      temporaryFolder({ 'a.c': bytes }),
    ];
    const { files } = await read([one, other], {
      encodings: {
        [one]: {
          others: 'gbk',
          byEnding: { '.py': 'windows-1251', makefile: 'euc-kr', '.test.js': 'koi8-r' },
        },
        [other]: { others: 'no such encoding', byEnding: {} },
      },
    });
    const encodings = files.map((file) => [path.basename(file.path), file.encoding]);
    expect(encodings).toEqual([
      ['Makefile', 'euc-kr'],
      ['a.c', 'gbk'],
      ['b.py', 'windows-1251'],
      ['d.test.js', 'koi8-r'],
      ['a.c', 'gb18030'],
    ]);
  });
});
