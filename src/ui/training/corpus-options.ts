import * as vscode from 'vscode';
import type { CorpusOptions } from '../../corpus/index.ts';
import { readSetting } from '../../settings.ts';
import { excludePatterns } from './exclude-patterns.ts';

/**
 * Which files of this workspace are learnt, by the settings; there are no roots if no folder is on disk. Patterns of a
 * folder's own settings apply to that folder alone, and a folder that is missing is left out.
 */
export function corpusOptions(onInvalid: (sentence: string) => void): CorpusOptions {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
  const hidden = folders.map(({ uri }) => {
    const configuration = vscode.workspace.getConfiguration(undefined, uri);
    return [
      uri.fsPath,
      excludePatterns(configuration.get('files.exclude'), configuration.get('search.exclude')),
    ];
  });
  return {
    roots: folders.map(({ uri }) => uri.fsPath),
    include: readSetting('charRnn.corpus.include', onInvalid),
    exclude: readSetting('charRnn.corpus.exclude', onInvalid),
    excludeByRoot: Object.fromEntries(hidden) as Record<string, string[]>,
    skipMissingRoots: true,
    maxCharacters: Math.round(readSetting('charRnn.corpus.maxSize', onInvalid) * 1e6),
  };
}
