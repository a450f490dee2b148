import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCircle, folderGraph, importGraph, mutableFields, ROOT, sourceFiles } from './import-graph.ts';

const MAX_FILES_IN_FOLDER = 14;
const MAX_LINES = 300;
const MAX_MUTABLE_FIELDS = 12;

/** Files that may be of any length: what a script or the compiler of the kernels wrote, and tables of data. */
const isData = (file: string) =>
  file.endsWith('/kernels-interface.ts') || file === 'src/secrets/rules/gitleaks.ts';

const files = sourceFiles('src', 'bench', 'scripts');
const graph = importGraph(files);
const folders = [
  ...new Set(
    files.flatMap((file) =>
      file
        .split('/')
        .slice(0, -1)
        .map((_, i, parts) => parts.slice(0, i + 1).join('/')),
    ),
  ),
].sort();

describe('the rooms', () => {
  it('have no file that imports itself through others', () => {
    expect(findCircle(graph)).toBeUndefined();
  });

  for (const folder of folders) {
    it(`${folder} has no folder or file that imports back up`, () => {
      expect(findCircle(folderGraph(graph, folder))).toBeUndefined();
    });

    it(`${folder} has at most ${MAX_FILES_IN_FOLDER} files`, () => {
      const own = files.filter((file) => path.posix.dirname(file) === folder);
      expect(own.length).toBeLessThanOrEqual(MAX_FILES_IN_FOLDER);
    });
  }

  it(`have no file of more than ${MAX_LINES} lines`, () => {
    const long = files
      .filter((file) => !isData(file))
      .map((file) => ({ file, lines: readFileSync(path.join(ROOT, file), 'utf8').split('\n').length - 1 }))
      .filter(({ lines }) => lines > MAX_LINES);
    expect(long).toEqual([]);
  });

  it(`have no class of more than ${MAX_MUTABLE_FIELDS} mutable fields`, () => {
    const large = files
      .flatMap((file) => mutableFields(file).map((found) => ({ file, ...found })))
      .filter(({ fields }) => fields > MAX_MUTABLE_FIELDS);
    expect(large).toEqual([]);
  });
});

describe('findCircle', () => {
  it('names a circle, and nothing where there is none', () => {
    expect(
      findCircle(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['b']],
        ]),
      ),
    ).toEqual(['b', 'c', 'b']);
    expect(
      findCircle(
        new Map([
          ['a', ['b', 'c']],
          ['b', ['c']],
          ['c', []],
        ]),
      ),
    ).toBeUndefined();
  });
});
