import * as vscode from 'vscode';
import type { CorpusOptions } from '../../corpus/index.ts';
import { readSetting } from '../../settings.ts';
import { excludePatterns } from './exclude-patterns.ts';

/** What the settings have learnt in this workspace; no roots where no folder is on disk. */
export function corpusOptions(onInvalid: (sentence: string) => void): CorpusOptions {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
  const hidden = folders.flatMap((folder) => {
    const configuration = vscode.workspace.getConfiguration(undefined, folder.uri);
    return excludePatterns(configuration.get('files.exclude'), configuration.get('search.exclude'));
  });
  return {
    roots: folders.map((folder) => folder.uri.fsPath),
    include: readSetting('charRnn.corpus.include', onInvalid),
    exclude: [...readSetting('charRnn.corpus.exclude', onInvalid), ...new Set(hidden)],
    maxCharacters: Math.round(readSetting('charRnn.corpus.maxSize', onInvalid) * 1e6),
  };
}
