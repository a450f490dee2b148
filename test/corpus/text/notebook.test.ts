import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCorpus } from '../../../src/corpus/index.ts';
import { notebookText } from '../../../src/corpus/text/notebook.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const cells = [
  { cell_type: 'markdown', source: ['# Title\n', 'Some words.'] },
  {
    cell_type: 'code',
    source: ['import numpy as np\n', 'x = np.zeros(3)'],
    outputs: [{ output_type: 'stream', text: ['never learnt\n'] }],
  },
  { cell_type: 'code', source: 'print("x")', outputs: [] },
];

describe('a notebook', () => {
  it('is learnt by the sources of its cells', async () => {
    const root = temporaryFolder({
      'a.ipynb': JSON.stringify(
        { cells, metadata: { kernelspec: 'never learnt' }, nbformat: 4 },
        undefined,
        1,
      ),
      'broken.ipynb': '{"cells": [',
      'empty.ipynb': '{"cells": [], "nbformat": 4}',
    });
    const { files, leftOut } = await readCorpus({
      roots: [root],
      include: [],
      exclude: [],
      maxCharacters: 1e6,
    });
    expect(files.map(({ text }) => text)).toEqual([
      '# Title\nSome words.\nimport numpy as np\nx = np.zeros(3)\nprint("x")',
    ]);
    expect(leftOut.map(({ path: file, reason }) => [path.basename(file), reason])).toEqual([
      ['broken.ipynb', 'not a notebook, in spite of its name'],
      ['empty.ipynb', 'empty'],
    ]);
  });

  it('loses lines that look like credentials', async () => {
    const source = ['user = "x"\n', 'password = "Canary-7f3aQz91"\n', 'y = 1'];
    const root = temporaryFolder({ 'a.ipynb': JSON.stringify({ cells: [{ cell_type: 'code', source }] }) });
    const { files } = await readCorpus({ roots: [root], include: [], exclude: [], maxCharacters: 1e6 });
    expect(files[0].text).toBe('user = "x"\ny = 1');
  });

  it('may be larger than other files, since its outputs are not learnt', async () => {
    const image = { output_type: 'display_data', data: { 'image/png': 'iVBORw0KGgo'.repeat(200_000) } };
    const root = temporaryFolder({
      'a.ipynb': JSON.stringify({ cells: [{ cell_type: 'code', source: 'plot()', outputs: [image] }] }),
    });
    const { files } = await readCorpus({ roots: [root], include: [], exclude: [], maxCharacters: 1e6 });
    expect(files.map(({ text }) => text)).toEqual(['plot()']);
  });

  it('may have worksheets, as old ones do, and damaged cells', () => {
    const old = { worksheets: [{ cells: [{ cell_type: 'code', input: ['a\n', 'b'] }, { input: 'c' }] }, 7] };
    expect(notebookText(JSON.stringify(old))).toBe('a\nb\nc');
    expect(notebookText('{"cells": [null, {"source": [1, "x"]}]}')).toBe('\nx');
    for (const text of ['null', '[]', '{}', '"x"', '{"cells": 3}'])
      expect(notebookText(text)).toBeUndefined();
  });
});
