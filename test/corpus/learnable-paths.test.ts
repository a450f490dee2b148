import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { learnablePaths, readCorpus, type CorpusOptions } from '../../src/corpus/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const temporary = temporaryFolder();

describe('the paths that may be learnt', () => {
  it('are those that are read, and those that are left out for their content alone', async () => {
    const root = temporary('root');
    const files = {
      '.ignore-me': 'x\n',
      'src/a.ts': 'const a = 1;\n',
      'src/b.ts': 'const b = 2;\n',
      'src/empty.ts': '',
      'out/c.ts': 'const c = 3;\n',
      'node_modules/d/index.js': 'd();\n',
      '.env': 'PASSWORD=hunter2hunter2\n',
      '.aiexclude': 'src/b.ts\n',
    };
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), text);
    }
    const options: CorpusOptions = {
      roots: [root, temporary('missing')],
      include: [],
      exclude: ['out/'],
      skipMissingRoots: true,
      maxCharacters: 1e6,
    };
    const learnable = await learnablePaths(options);
    const { files: read } = await readCorpus(options);
    expect([...learnable].sort()).toEqual(
      [...read.map((file) => file.path), join(root, 'src/empty.ts')].sort(),
    );
    expect(learnable.has(join(root, 'src/a.ts'))).toBe(true);
    expect(learnable.has(join(root, 'src/b.ts'))).toBe(false);
  });

  it('are an error where there is no root', async () => {
    const options = { roots: [temporary('missing')], include: [], exclude: [], maxCharacters: 1e6 };
    await expect(learnablePaths(options)).rejects.toThrow('There is no file or folder');
  });
});
