import * as vscode from 'vscode';
import { localize } from '../../common/localization/localize.ts';
import { readSetting } from '../../settings.ts';

const KEY = 'charRnn.surprise.enabled';

/** Shows or hides the surprise of lines. @returns whether it is shown now */
export async function toggleSurprise(): Promise<boolean> {
  const isOn = !readSetting(KEY, () => undefined);
  const configuration = vscode.workspace.getConfiguration();
  const isOfWorkspace = configuration.inspect(KEY)?.workspaceValue !== undefined;
  const target = isOfWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update(KEY, isOn, target);
  vscode.window.setStatusBarMessage(
    isOn ? localize`Char-RNN: surprise is shown` : localize`Char-RNN: surprise is hidden`,
    4000,
  );
  return isOn;
}
