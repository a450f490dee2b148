import * as vscode from 'vscode';
import type { StatusText } from './status-text.ts';

/** VS Code's language status item for every language. */
export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem('charRnn.status', '*');
  private last: StatusText | undefined;

  constructor() {
    this.item.name = 'Char-RNN';
  }

  /** What is shown now. */
  get shown(): StatusText | undefined {
    return this.last;
  }

  show(status: StatusText): void {
    this.last = status;
    this.item.text = status.text;
    this.item.detail = status.detail;
    this.item.busy = status.kind === 'training' || status.kind === 'loading';
    // Text and detail in one, as a screen reader reads them; what turns while it is busy is said by the text.
    this.item.accessibilityInformation = { label: labelOf(status) };
    this.item.command = status.command;
    this.item.severity = {
      information: vscode.LanguageStatusSeverity.Information,
      warning: vscode.LanguageStatusSeverity.Warning,
      error: vscode.LanguageStatusSeverity.Error,
    }[status.severity];
  }

  dispose(): void {
    this.item.dispose();
  }
}

function labelOf({ text, detail }: StatusText): string {
  return detail === '' ? text : `${text}, ${detail}`;
}
