import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readCorpus } from '../../../src/corpus/index.ts';
import { git } from '../../git.ts';
import { temporaryFolder } from '../temporary-folder.ts';

afterEach(() => vi.unstubAllEnvs());

function write(root: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
}

async function taken(root: string): Promise<string[]> {
  const { files } = await readCorpus({ roots: [root], include: [], exclude: [], maxCharacters: 1e6 });
  return files
    .map((file) => path.relative(root, file.path).split(path.sep).join('/'))
    .filter((name) => name.endsWith('.c'));
}

async function reasonsOf(root: string): Promise<Record<string, string>> {
  const { leftOut } = await readCorpus({ roots: [root], include: [], exclude: [], maxCharacters: 1e6 });
  return Object.fromEntries(
    leftOut.map(({ path: found, reason }) => [path.relative(root, found).split(path.sep).join('/'), reason]),
  );
}

describe('files of Git repositories', () => {
  for (const version of ['2', '3', '4'])
    it(`are taken where they are tracked though a pattern matches, in an index of version ${version}`, async () => {
      const root = temporaryFolder({
        '.gitignore': 'build/\n*.gen.c\n',
        'build/deep/kept.c': 'x\n',
        'build/deep/other.c': 'x\n',
        'build/local.c': 'x\n',
        'a.gen.c': 'x\n',
        'b.gen.c': 'x\n',
        'c.c': 'x\n',
      });
      git(root, 'init', '-q');
      git(root, 'update-index', '--index-version', version);
      git(root, 'add', '-f', 'build/deep/kept.c', 'a.gen.c', 'c.c');
      if (version === '3') git(root, 'add', '-N', '-f', 'build/deep/kept.c');
      expect(await taken(root)).toEqual(['a.gen.c', 'build/deep/kept.c', 'c.c']);
    });

  it('are ignored by the file that core.excludesFile names, and by the one it defaults to', async () => {
    const root = temporaryFolder({
      'repository/a.c': 'x\n',
      'repository/a.o.c': 'x\n',
      'plain/a.o.c': 'x\n',
    });
    const repository = path.join(root, 'repository');
    git(repository, 'init', '-q');
    vi.stubEnv('HOME', root);
    vi.stubEnv('XDG_CONFIG_HOME', path.join(root, 'xdg'));
    expect(await taken(repository)).toEqual(['a.c', 'a.o.c']);
    write(root, { 'xdg/git/ignore': '*.o.c\n' });
    expect(await taken(repository)).toEqual(['a.c']);
    expect(await taken(path.join(root, 'plain'))).toEqual(['a.o.c']);
    write(root, {
      '.gitconfig': '[user]\n\tname = x\n[core]\n\texcludesFile = ~/mine # here\n',
      mine: '/a.c\n',
    });
    expect(await taken(repository)).toEqual(['a.o.c']);
  });

  it('in a repository within another have the rules of the inner one alone', async () => {
    const root = temporaryFolder({
      '.gitignore': 'inner/\n*.x.c\n',
      'outer.x.c': 'x\n',
      'inner/.gitignore': '*.y.c\n',
      'inner/a.c': 'x\n',
      'inner/a.x.c': 'x\n',
      'inner/a.y.c': 'x\n',
    });
    git(root, 'init', '-q');
    git(path.join(root, 'inner'), 'init', '-q');
    expect(await taken(root)).toEqual(['inner/a.c', 'inner/a.x.c']);
  });

  it('in a submodule have its rules', async () => {
    const root = temporaryFolder({
      'library/.gitignore': '*.y.c\n',
      'library/a.x.c': 'x\n',
      'top/.gitignore': '*.x.c\n',
    });
    const [library, top] = ['library', 'top'].map((name) => path.join(root, name));
    for (const folder of [library, top]) {
      git(folder, 'init', '-q');
      git(folder, 'add', '-A');
      git(folder, 'commit', '-q', '-m', 'x');
    }
    git(top, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'sub');
    write(top, { 'sub/b.y.c': 'x\n' });
    expect(await taken(top)).toEqual(['sub/a.x.c']);
  });

  it('are taken once where another working tree lies within', async () => {
    const root = temporaryFolder({ 'a.c': 'x\n' });
    git(root, 'init', '-q');
    git(root, 'add', '-A');
    git(root, 'commit', '-q', '-m', 'x');
    git(root, 'worktree', 'add', '-q', '.claude/worktrees/a');
    git(root, 'worktree', 'add', '-q', 'plain');
    expect(await taken(root)).toEqual(['a.c']);
    expect(await taken(path.join(root, 'plain'))).toEqual(['a.c']);
    expect(await reasonsOf(root)).toMatchObject({
      '.claude/worktrees/a': 'another working tree of the same repository',
      plain: 'another working tree of the same repository',
    });
  });

  it("that are Git's own are never taken", async () => {
    const root = temporaryFolder({ 'tree/a.c': 'x\n' });
    const tree = path.join(root, 'tree');
    git(root, 'init', '-q', '--bare', 'bare.git');
    git(root, 'init', '-q', '--bare', 'bare');
    git(tree, 'init', '-q');
    git(tree, 'add', '-A');
    git(tree, 'commit', '-q', '-m', 'x');
    git(tree, 'worktree', 'add', '-q', '../other');
    const reasons = await reasonsOf(root);
    expect(reasons).toMatchObject({
      'bare.git': 'version control',
      bare: 'version control',
      'tree/.git': 'version control',
    });
    expect(await reasonsOf(path.join(root, 'other'))).toMatchObject({ '.git': 'version control' });
  });

  it('survive an index that is damaged', async () => {
    const root = temporaryFolder({ '.gitignore': '*.x.c\n', 'a.x.c': 'x\n', 'b.c': 'x\n' });
    git(root, 'init', '-q');
    for (const index of [
      '',
      'DIRC',
      'DIRC\0\0\0\x02\xff\xff\xff\xff',
      'DIRC\0\0\0\x04\0\0\0\x01'.padEnd(90, '\x81'),
    ]) {
      writeFileSync(path.join(root, '.git/index'), Buffer.from(index, 'latin1'));
      expect(await taken(root)).toEqual(['b.c']);
    }
  });
});

describe('lists of what no model shall see', () => {
  for (const name of ['.aiexclude', '.cursorignore', '.copilotignore'])
    it(`are obeyed in ${name} as .gitignore is, for tracked files, too`, async () => {
      const root = temporaryFolder({
        [name]: '/private/\n*.x.c\n!kept.x.c\n',
        'private/a.c': 'x\n',
        'b.x.c': 'x\n',
        'sub/kept.x.c': 'x\n',
        [`sub/${name}`]: 'c.c\n',
        'sub/c.c': 'x\n',
        'd.c': 'x\n',
      });
      git(root, 'init', '-q');
      git(root, 'add', '-A');
      expect(await taken(root)).toEqual(['d.c', 'sub/kept.x.c']);
      expect(await reasonsOf(root)).toMatchObject({
        private: `ignored by ${name}`,
        'sub/c.c': `ignored by ${name}`,
      });
      expect(await taken(path.join(root, 'sub'))).toEqual(['kept.x.c']);
    });
});
