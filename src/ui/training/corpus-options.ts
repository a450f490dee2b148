import * as vscode from 'vscode';
import type { Message } from '../../common/localization/message.ts';
import type { CorpusOptions } from '../../corpus/index.ts';
import { workspaceCorpus } from '../../session/index.ts';
import { readSetting, settingFaults } from '../../settings.ts';
import { encodingSettings } from './encoding-settings.ts';
import { excludePatterns } from './exclude-patterns.ts';

/**
 * Which files of this workspace are learnt, by the settings; there are no roots if no folder is on disk. Patterns and
 * encodings of a folder's own settings apply to that folder alone.
 * @throws UserFacingError where a setting that keeps files out is not valid.
 */
export function corpusOptions(onInvalid: (sentence: Message) => void): CorpusOptions {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
  const byFolder = <T>(settingsOf: (uri: vscode.Uri) => T): Record<string, T> =>
    Object.fromEntries(folders.map(({ uri }) => [uri.fsPath, settingsOf(uri)]));
  return workspaceCorpus(
    {
      roots: folders.map(({ uri }) => uri.fsPath),
      excludeByRoot: byFolder((uri) => {
        const configuration = vscode.workspace.getConfiguration(undefined, uri);
        return excludePatterns(configuration.get('files.exclude'), configuration.get('search.exclude'));
      }),
      encodings: byFolder(encodingSettings),
    },
    (key) => readSetting(key, onInvalid),
    settingFaults(),
  );
}
