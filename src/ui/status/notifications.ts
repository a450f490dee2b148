import * as vscode from 'vscode';
import { UserFacingError, sentenceOf } from '../../common/errors.ts';
import { localized, localize } from '../../common/localization/localize.ts';
import { type Button, showLog } from '../command-ids.ts';
import { levelOf, remedyFor } from './error-catalogue.ts';

/** How long the status bar shows a sentence. */
const SENTENCE_MS = 10_000;

/** Shows a sentence in the status bar for a while, where nothing is to be decided. */
export function showInStatusBar(sentence: string): void {
  vscode.window.setStatusBarMessage(sentence, SENTENCE_MS);
}

/** Shows a sentence with buttons that run commands; settles when the notification is gone. */
export async function notify(
  level: 'information' | 'warning' | 'error',
  sentence: string,
  ...actions: readonly Button[]
): Promise<void> {
  const titles = actions.map((action) => action.title);
  const chosen = await {
    information: vscode.window.showInformationMessage,
    warning: vscode.window.showWarningMessage,
    error: vscode.window.showErrorMessage,
  }[level](sentence, ...titles);
  const action = actions.find(({ title }) => title === chosen);
  if (action) await vscode.commands.executeCommand(action.command, ...(action.arguments ?? []));
}

/**
 * Shows anything thrown as one sentence with its remedy and the log; the stack goes to the log alone.
 * @param otherwise the remedy of an error that has none of its own.
 */
export function notifyError(
  error: unknown,
  log: Pick<vscode.LogOutputChannel, 'error'>,
  otherwise?: Button,
): void {
  const sentence =
    error instanceof UserFacingError
      ? localized(error.sentence)
      : localize`Char-RNN met a fault of its own: ${sentenceOf(error)}; the log has the details.`;
  if (error instanceof UserFacingError) log.error(error.message);
  else log.error(error instanceof Error ? error : String(error));
  const remedy = remedyFor(error, otherwise);
  const level = levelOf(error);
  const actions = [...(remedy ? [remedy] : []), ...(level === 'error' ? [showLog()] : [])];
  void notify(level, sentence, ...actions);
}
