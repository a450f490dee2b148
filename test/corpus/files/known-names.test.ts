import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { KnownNames, readCorpus } from '../../../src/corpus/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** A file system that finds these paths in any case, composed or not, and gives them as they are stored. */
function insensitive(stored: readonly string[]): (path: string) => string {
  const key = (file: string) => file.normalize('NFC').toLowerCase();
  const byKey = new Map(stored.map((file) => [key(file), file]));
  return (file) => {
    const found = byKey.get(key(file));
    if (found === undefined) throw new Error(`ENOENT: ${file}`);
    return found;
  };
}

describe('the name of a file', () => {
  it('is that of the corpus on macOS, in whatever case and composition an editor writes it', () => {
    const decomposed = '/Users/ada/Work/Gro\u0308sse/Readme.md';
    const names = new KnownNames(
      ['/users/ada/work'],
      insensitive(['/Users/ada/Work', decomposed, '/Users/ada/Other/a.c']),
      '/',
    );
    const known = '/users/ada/work/Gro\u0308sse/Readme.md';
    for (const written of [
      decomposed,
      known,
      '/Users/Ada/work/Gr\u00f6sse/README.md',
      '/users/ada/work/gr\u00f6sse/readme.md',
    ])
      expect(names.nameOf(written)).toBe(known);
    expect(names.nameOf('/users/ada/other/A.c')).toBe('/users/ada/other/A.c');
  });

  it('is that of the corpus on Windows', () => {
    const real = insensitive(['C:\\Work', 'C:\\Work\\src\\Main.cs', 'D:\\']);
    const names = new KnownNames(['c:\\work', 'D:\\'], real, '\\');
    expect(names.nameOf('C:\\WORK\\SRC\\main.cs')).toBe('c:\\work\\src\\Main.cs');
    expect(names.nameOf('c:\\work\\src\\Main.cs')).toBe('c:\\work\\src\\Main.cs');
  });

  it('stays where there is no such file, or it is of no root', () => {
    const names = new KnownNames(['/w'], insensitive(['/w', '/w/a']), '/');
    for (const name of ['untitled:Untitled-1', '/w/new.c', '/elsewhere/a', '/w'])
      expect(names.nameOf(name)).toBe(name);
    expect(new KnownNames(['/gone'], insensitive([]), '/').nameOf('/gone/a')).toBe('/gone/a');
  });

  it('is that of a root that is the file', () => {
    const names = new KnownNames(['/link.c'], (file) => file.replace('/link.c', '/w/a.c'), '/');
    expect(names.nameOf('/w/a.c')).toBe('/link.c');
    expect(names.nameOf('/w/a.cc')).toBe('/w/a.cc');
  });

  it('is below the innermost root', () => {
    const names = new KnownNames(
      ['/link', '/other'],
      (file) => file.replace('/link', '/w').replace('/other', '/w/lib'),
      '/',
    );
    expect(names.nameOf('/w/lib/a.c')).toBe('/other/a.c');
    expect(names.nameOf('/w/b.c')).toBe('/link/b.c');
  });

  it.skipIf(process.platform === 'win32')(
    'is found behind symbolic links, as in the corpus itself',
    async () => {
      const folder = temporaryFolder({ 'real/src/a.c': 'int a;\n', 'real/b.c': 'int b;\n' });
      const link = path.join(folder, 'link');
      symlinkSync(path.join(folder, 'real'), link);
      symlinkSync(path.join(folder, 'real', 'src'), path.join(folder, 'real', 'short'));
      const { files } = await readCorpus({ roots: [link], include: [], exclude: [], maxCharacters: 1e6 });
      const names = new KnownNames([link]);
      const known = new Set(files.map((file) => file.path));
      for (const written of [
        'real/src/a.c',
        'link/src/a.c',
        'link/short/a.c',
        'real/short/a.c',
        'real/b.c',
      ]) {
        const name = names.nameOf(path.join(folder, written));
        expect([written, known.has(name)]).toEqual([written, true]);
      }
      expect(known.size).toBe(2);
    },
  );
});

describe('a file that roots name twice', () => {
  it.skipIf(process.platform === 'win32')('is read once', async () => {
    const folder = temporaryFolder({ 'real/a.c': 'int a;\n' });
    symlinkSync(path.join(folder, 'real'), path.join(folder, 'link'));
    const roots = ['link', 'real', 'real/../link'].map((name) => path.join(folder, name));
    const { files } = await readCorpus({ roots, include: [], exclude: [], maxCharacters: 1e6 });
    expect(files).toHaveLength(1);
  });

  it('that has two names in a folder is two files, one of which a training takes for a copy', async () => {
    const folder = temporaryFolder({ 'a.c': 'int a;\n' });
    mkdirSync(path.join(folder, 'b'));
    linkSync(path.join(folder, 'a.c'), path.join(folder, 'b', 'a.c'));
    writeFileSync(path.join(folder, 'c.c'), 'int c;\n');
    const { files } = await readCorpus({ roots: [folder], include: [], exclude: [], maxCharacters: 1e6 });
    expect(files).toHaveLength(3);
  });
});
