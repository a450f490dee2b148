import { beforeEach, expect, it } from 'vitest';
import { corpusOptions } from '../../../src/ui/training/corpus-options.ts';
import { fake, resetFake } from '../../vscode-fake.ts';

const folder = (fsPath: string, scheme = 'file') => ({ uri: { scheme, fsPath } });
const fail = (sentence: string): never => expect.fail(sentence);

beforeEach(resetFake);

it('takes the folders on disk, and has a missing one left out', () => {
  fake.workspaceFolders = [folder('/a'), folder('/b', 'vscode-vfs'), folder('/c')];
  expect(corpusOptions(fail)).toMatchObject({
    roots: ['/a', '/c'],
    skipMissingRoots: true,
    maxCharacters: 20e6,
  });
});

it('hides in each folder what its own settings hide', () => {
  fake.workspaceFolders = [folder('/a'), folder('/b')];
  fake.settings.global = { 'files.exclude': { '**/*.o': true }, 'charRnn.corpus.exclude': ['third_party/'] };
  fake.folderSettings.set('/a', { 'search.exclude': { lib: true } });
  fake.folderSettings.set('/b', { 'files.exclude': { '**/*.o': false } });
  const { exclude, excludeByRoot } = corpusOptions(fail);
  expect(exclude).toEqual(['third_party/']);
  expect(excludeByRoot).toEqual({ '/a': ['**/*.o', '/lib'], '/b': [] });
});
