import { beforeEach, expect, it } from 'vitest';
import { type Message, englishText } from '../../../src/common/localization/message.ts';
import { corpusOptions } from '../../../src/ui/training/corpus-options.ts';
import { fake, resetFake } from '../../vscode-fake/index.ts';

const folder = (fsPath: string, scheme = 'file') => ({ uri: { scheme, fsPath } });
const fail = (sentence: Message): never => expect.fail(englishText(sentence));

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

it('gives no files where a setting that keeps some out is not valid', () => {
  fake.workspaceFolders = [folder('/a')];
  for (const key of ['charRnn.corpus.exclude', 'charRnn.corpus.include']) {
    for (const value of ['secret/**', { secret: true }, [1], false]) {
      fake.settings.global = { [key]: value };
      expect(() => corpusOptions(fail)).toThrow(/nothing is learnt until it is mended/);
    }
  }
});

it('names the encodings of the settings by folder and language', () => {
  fake.workspaceFolders = [folder('/a'), folder('/b'), folder('/c')];
  fake.extensions = [
    {
      packageJSON: {
        contributes: { languages: [{ id: 'c', extensions: ['.c', '.H'], filenames: ['Kbuild'] }] },
      },
    },
    { packageJSON: {} },
  ];
  fake.settings.global = { 'files.encoding': 'utf8', 'files.associations': { '*.inc': 'c', '**/x/*': 'c' } };
  fake.folderSettings.set('/a', { 'files.encoding': 'gbk' });
  fake.folderSettings.set('/c', { 'files.encoding': 'gbk', 'files.autoGuessEncoding': true });
  expect(corpusOptions(fail).encodings).toEqual({
    '/a': { others: 'gbk', byEnding: {} },
    '/b': { byEnding: {} },
    '/c': { byEnding: {} },
  });
  fake.languageSettings.set('c', { 'files.encoding': 'windows1251' });
  const byEnding = Object.fromEntries(['.c', '.h', 'kbuild', '.inc'].map((name) => [name, 'windows-1251']));
  expect(corpusOptions(fail).encodings).toEqual({
    '/a': { others: 'gbk', byEnding },
    '/b': { byEnding },
    '/c': { byEnding: {} },
  });
});

it('limits single files by the setting, in MiB', () => {
  expect(corpusOptions(fail).maxFileBytes).toBe(1024 ** 2);
  fake.settings.global = { 'charRnn.corpus.maxFileSize': 3.5 };
  expect(corpusOptions(fail).maxFileBytes).toBe(3.5 * 1024 ** 2);
});
