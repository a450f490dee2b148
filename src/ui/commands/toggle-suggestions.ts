import * as vscode from 'vscode';
import { localize } from '../../common/localization/localize.ts';
import { isEnabledFor } from '../../session/index.ts';
import { readSetting } from '../../settings.ts';

const KEY = 'charRnn.suggestions.enabled';
type Enabled = Readonly<Record<string, boolean>>;

/** Turns ghost text off or on for the language of the active editor, or everywhere where no editor is open. */
export async function toggleSuggestions(): Promise<void> {
  const language = vscode.window.activeTextEditor?.document.languageId ?? '*';
  const configuration = vscode.workspace.getConfiguration();
  const enabled = readSetting(KEY, () => undefined);
  const on = !isEnabledFor(enabled, language);
  const { defaultValue, globalValue, workspaceValue } = configuration.inspect<Enabled>(KEY) ?? {};
  // VS Code merges the entries of all levels; the workspace's win over the user's.
  if (workspaceValue) {
    const below = { ...defaultValue, ...globalValue };
    const value = switched(workspaceValue, below, language, on);
    await configuration.update(KEY, value, vscode.ConfigurationTarget.Workspace);
  } else {
    const value = switched(globalValue ?? {}, { ...defaultValue }, language, on);
    await configuration.update(KEY, value, vscode.ConfigurationTarget.Global);
  }
  vscode.window.setStatusBarMessage(switchedText(language, on), 4000);
}

function switchedText(language: string, on: boolean): string {
  if (language === '*')
    return on
      ? localize`Char-RNN: suggestions are on everywhere`
      : localize`Char-RNN: suggestions are off everywhere`;
  return on
    ? localize`Char-RNN: suggestions are on for ${language}`
    : localize`Char-RNN: suggestions are off for ${language}`;
}

/** One level's entries with a language switched; its entry is removed where the other entries give the same. */
function switched(level: Enabled, below: Enabled, language: string, on: boolean): Enabled {
  const others = Object.fromEntries(Object.entries(level).filter(([other]) => other !== language));
  return isEnabledFor({ ...below, ...others }, language) === on ? others : { ...others, [language]: on };
}
