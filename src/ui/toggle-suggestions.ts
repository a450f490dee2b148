import * as vscode from 'vscode';
import { isEnabledFor, readSetting } from '../settings.ts';

const key = 'charRnn.suggestions.enabled';

/** Turns ghost text off or on for the language of the active editor, or everywhere where no editor is open. */
export async function toggleSuggestions(): Promise<void> {
  const language = vscode.window.activeTextEditor?.document.languageId ?? '*';
  const enabled = readSetting(key, () => undefined);
  const on = !isEnabledFor(enabled, language);
  const target = vscode.workspace.getConfiguration().inspect(key)?.workspaceValue
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration().update(key, toggled(enabled, language, on), target);
  vscode.window.setStatusBarMessage(
    `Char-RNN: suggestions are ${on ? 'on' : 'off'} ${language === '*' ? 'everywhere' : `for ${language}`}`,
    4000,
  );
}

/** The setting with one language changed; an entry that says the same as `*` is dropped. */
function toggled(
  enabled: Readonly<Record<string, boolean>>,
  language: string,
  on: boolean,
): Record<string, boolean> {
  const others = Object.fromEntries(Object.entries(enabled).filter(([other]) => other !== language));
  return language !== '*' && isEnabledFor(others, language) === on ? others : { ...others, [language]: on };
}
