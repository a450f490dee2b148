import { existsSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/common/make-folder.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const at = temporaryFolder();

describe('makeFolder', () => {
  it('makes the folders above, too, and leaves those that are there', async () => {
    for (let time = 0; time < 2; time++) await makeFolder(at('one/two/three'));
    expect(statSync(at('one/two/three')).isDirectory()).toBe(true);
  });

  it('makes one folder though it is asked for it many times at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => makeFolder(at('many/of/them'))));
    expect(statSync(at('many/of/them')).isDirectory()).toBe(true);
  });

  it('fails where a file is in the way', async () => {
    writeFileSync(at('file'), '');
    await expect(makeFolder(at('file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makeFolder(at('file/below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it.skipIf(!existsSync('/proc/self'))('fails where the system makes no folders', async () => {
    await expect(makeFolder('/proc/no-such-folder/models')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
