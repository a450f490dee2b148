import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CorpusRecord, filesOf, isListed, summaryOf } from '../../../src/ui/panel/corpus-files.ts';

const ROOT = path.resolve('/work/app');
const OTHER = path.resolve('/work/library');
const at = (...names: string[]) => path.join(ROOT, ...names);

const record: CorpusRecord = {
  files: 4,
  heldOutFiles: 1,
  characters: 100,
  vocabularySize: 9,
  learnt: [
    { path: at('src', 'ui', 'panel', 'a.ts'), characters: 40 },
    { path: at('src', 'ui', 'b.ts'), characters: 30, isHeldOut: true },
    { path: at('README.md'), characters: 20 },
    { path: at('LICENSE'), characters: 10 },
  ],
  leftOut: [
    { path: at('dist'), reason: 'ignored by .gitignore' },
    { path: at('src', 'c.ts'), reason: 'line 12 looks like a credential' },
    { path: at('src', 'd.ts'), reason: 'lines 1 to 3 look like a credential' },
    { path: at('e.md'), reason: 'data embedded in lines 4 to 9' },
  ],
};

describe('the corpus', () => {
  it('is grouped by language, folder and reason, the largest first', () => {
    const { groups } = summaryOf(record, [ROOT]);
    expect(groups.language).toEqual([
      { name: 'typescript', files: 2, characters: 70 },
      { name: 'markdown', files: 1, characters: 20 },
      { name: 'other', files: 1, characters: 10 },
    ]);
    expect(groups.folder).toEqual([
      { name: 'src/ui', files: 2, characters: 70 },
      { name: '.', files: 2, characters: 30 },
    ]);
    expect(groups.reason).toEqual([
      { name: 'lines that look like a credential', files: 2, characters: 0 },
      { name: 'ignored by .gitignore', files: 1, characters: 0 },
      { name: 'data embedded', files: 1, characters: 0 },
    ]);
  });

  it('names the root where there are several', () => {
    const { groups } = summaryOf(record, [OTHER, ROOT]);
    expect(groups.folder.map(({ name }) => name)).toEqual(['app/src/ui', 'app']);
  });

  it('lists the files of a group, with what is particular to each', () => {
    expect(filesOf(record, { by: 'language', name: 'typescript' }, [ROOT])).toEqual({
      files: [
        {
          path: at('src', 'ui', 'panel', 'a.ts'),
          shown: path.join('src', 'ui', 'panel', 'a.ts'),
          note: '',
          characters: 40,
        },
        {
          path: at('src', 'ui', 'b.ts'),
          shown: path.join('src', 'ui', 'b.ts'),
          note: 'held out',
          characters: 30,
        },
      ],
      total: 2,
    });
    const { files } = filesOf(record, { by: 'reason', name: 'lines that look like a credential' }, [ROOT]);
    expect(files.map(({ note }) => note)).toEqual([
      'line 12 looks like a credential',
      'lines 1 to 3 look like a credential',
    ]);
    expect(filesOf(record, { by: 'folder', name: 'none' }, [ROOT])).toEqual({ files: [], total: 0 });
  });

  it('lists at most some hundreds', () => {
    const learnt = Array.from({ length: 1000 }, (_, i) => ({ path: at(`${i}.go`), characters: 1 }));
    const { files, total } = filesOf({ ...record, learnt }, { by: 'language', name: 'go' }, [ROOT]);
    expect([files.length, total]).toEqual([300, 1000]);
  });

  it('has the files that may be opened', () => {
    expect(isListed(record, at('README.md'))).toBe(true);
    expect(isListed(record, at('dist'))).toBe(true);
    expect(isListed(record, at('..', 'secret'))).toBe(false);
  });
});
