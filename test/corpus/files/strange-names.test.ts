import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCorpus } from '../../../src/corpus/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const read = (root: string) => readCorpus({ roots: [root], include: [], exclude: [], maxCharacters: 1e6 });

describe('names of files', () => {
  it.skipIf(process.platform !== 'linux')('that are no UTF-8 are opened as they are', async () => {
    const root = temporaryFolder({ 'plain.c': 'plain\n' });
    const raw = (...parts: string[]) =>
      Buffer.concat([Buffer.from(`${root}/`), Buffer.from(parts.join('/'), 'latin1')]);
    writeFileSync(raw('gr\xf6\xdfe.c'), 'file\n');
    mkdirSync(raw('gr\xfc\xdfe'));
    writeFileSync(raw('gr\xfc\xdfe', 'a.c'), 'in folder\n');
    writeFileSync(raw('gr\xfc\xdfe', 'm\xfc.c'), 'in both\n');
    const { files, leftOut } = await read(root);
    expect(leftOut).toEqual([]);
    expect(files.map(({ text }) => text).sort()).toEqual(['file\n', 'in both\n', 'in folder\n', 'plain\n']);
  });

  it('do not decide where the content can', async () => {
    const page = 'A page that a person wrote.\n';
    const root = temporaryFolder({
      'book.asc': `= Title\n\n${page}`,
      'main.pt': `<p>${page}</p>\n`,
      'password_reset_email.txt': page,
      'secret_santa.txt': page,
      'common-passwords.txt': page,
      '.docker/Dockerfile': 'FROM scratch\n',
      'catalog.log': page,
      'CVs/ada.txt': page,
      'page.doc': page,
    });
    const { files, leftOut } = await read(root);
    expect(leftOut).toEqual([]);
    expect(files.map(({ path: file }) => path.relative(root, file))).toHaveLength(9);
  });

  it('of keys, credentials and histories decide', async () => {
    const names = [
      '.bash_history',
      '.zsh_history',
      '.psql_history',
      '.python_history',
      '.viminfo',
      'rclone.conf',
      '.docker/config.json',
      'passwords.txt',
      'secrets.yaml',
      'CVS/Entries',
      'x.pem',
    ];
    const root = temporaryFolder(Object.fromEntries(names.map((name) => [name, 'some text\n'])));
    const { files, leftOut } = await read(root);
    expect(files).toEqual([]);
    expect(leftOut).toHaveLength(names.length);
  });
});
