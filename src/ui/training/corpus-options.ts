import * as vscode from 'vscode';
import { UserFacingError } from '../../common/errors.ts';
import type { CorpusOptions } from '../../corpus/index.ts';
import { readSetting, settingFaults } from '../../settings.ts';
import { encodingSettings } from './encoding-settings.ts';
import { excludePatterns } from './exclude-patterns.ts';

const BYTES_PER_MIB = 1024 ** 2;

/**
 * Which files of this workspace are learnt, by the settings; there are no roots if no folder is on disk. Patterns and
 * encodings of a folder's own settings apply to that folder alone, and a folder that is missing is left out.
 * @throws UserFacingError where a setting that keeps files out is not valid.
 */
export function corpusOptions(onInvalid: (sentence: string) => void): CorpusOptions {
  const fault = settingFaults().find(({ forbidsLearning }) => forbidsLearning);
  if (fault) throw new UserFacingError(fault.sentence, { code: 'invalid-setting' });
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
  const byFolder = <T>(settingsOf: (uri: vscode.Uri) => T): Record<string, T> =>
    Object.fromEntries(folders.map(({ uri }) => [uri.fsPath, settingsOf(uri)]));
  return {
    roots: folders.map(({ uri }) => uri.fsPath),
    include: readSetting('charRnn.corpus.include', onInvalid),
    exclude: readSetting('charRnn.corpus.exclude', onInvalid),
    excludeByRoot: byFolder((uri) => {
      const configuration = vscode.workspace.getConfiguration(undefined, uri);
      return excludePatterns(configuration.get('files.exclude'), configuration.get('search.exclude'));
    }),
    encodings: byFolder(encodingSettings),
    skipMissingRoots: true,
    maxFileBytes: Math.round(readSetting('charRnn.corpus.maxFileSize', onInvalid) * BYTES_PER_MIB),
    maxCharacters: Math.round(readSetting('charRnn.corpus.maxSize', onInvalid) * 1e6),
  };
}
