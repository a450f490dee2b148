import { renameSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCorpus } from '../../../src/corpus/index.ts';
import { spellingOf } from '../../../src/corpus/files/git/spelling.ts';
import { git } from '../../git.ts';
import { temporaryFolder } from '../temporary-folder.ts';

async function taken(root: string): Promise<string[]> {
  const { files } = await readCorpus({ roots: [root], include: [], exclude: [], maxCharacters: 1e6 });
  return files.map((file) => path.relative(root, file.path)).sort();
}

describe('names that a repository takes for the same', () => {
  it('are those that its configuration says, or else those of the system', () => {
    const plain = '[core]\n\trepositoryformatversion = 0\n';
    expect(spellingOf(plain, 'linux')).toEqual({ ignoresCase: false, ignoresComposition: false });
    expect(spellingOf(plain, 'win32')).toEqual({ ignoresCase: true, ignoresComposition: false });
    expect(spellingOf(plain, 'darwin')).toEqual({ ignoresCase: true, ignoresComposition: true });
    const mac = `${plain}\tignoreCase = false\n\tprecomposeunicode # as on APFS\n[remote "x"]\n\tignorecase = true\n`;
    expect(spellingOf(mac, 'darwin')).toEqual({ ignoresCase: false, ignoresComposition: true });
    expect(spellingOf('[core] ignorecase = "yes"', 'linux').ignoresCase).toBe(true);
    expect(spellingOf('[core]\nignorecase = 0', 'darwin').ignoresCase).toBe(false);
    expect(spellingOf('[core]\nignorecase', 'linux').ignoresCase).toBe(true);
    expect(spellingOf('[core]\nignorecase =', 'darwin').ignoresCase).toBe(false);
    expect(spellingOf('[core]\nignorecase = # none', 'darwin').ignoresCase).toBe(false);
  });

  // As on macOS and Windows: what is tracked is on disk under a name that differs in case or composition.
  for (const [key, tracked, found] of [
    ['core.ignorecase', 'Build/Readme.c', 'build/README.c'],
    ['core.precomposeunicode', 'build/gr\u00f6\u00dfe.c', 'build/gro\u0308\u00dfe.c'],
  ] as const)
    for (const isOn of [true, false])
      it(`with ${key} ${isOn}, a tracked file ${isOn ? 'stays' : 'does not stay'} tracked under its other name`, async () => {
        const root = temporaryFolder({ '.gitignore': 'build/\nBuild/\n', [tracked]: 'int tracked;\n' });
        git(root, 'init', '-q');
        git(root, 'config', key, String(isOn));
        git(root, 'add', '-A', '-f');
        const [folder, otherFolder] = [path.dirname(tracked), path.dirname(found)];
        if (folder !== otherFolder) renameSync(path.join(root, folder), path.join(root, otherFolder));
        renameSync(path.join(root, otherFolder, path.basename(tracked)), path.join(root, found));
        expect(await taken(root)).toEqual(isOn ? ['.gitignore', found] : ['.gitignore']);
      });

  it('are ignored by the same patterns as Git ignores them', async () => {
    const files = ['Debug/a.c', 'debug/b.c', 'Main.OBJ.c', 'main.obj.c', 'keep/KEEP.c', 'keep/other.c'];
    const lists = { '.gitignore': 'debug/\n*.obj.c\nkeep/*\n!keep/keep.c\n' };
    for (const ignorecase of ['true', 'false']) {
      const root = temporaryFolder({
        ...lists,
        ...Object.fromEntries(files.map((file) => [file, 'int x;\n'])),
      });
      git(root, 'init', '-q');
      git(root, 'config', 'core.ignorecase', ignorecase);
      const byGit = git(root, 'ls-files', '-z', '--others', '--exclude-standard').split('\0').filter(Boolean);
      expect(await taken(root)).toEqual(byGit.sort());
    }
  });
});
