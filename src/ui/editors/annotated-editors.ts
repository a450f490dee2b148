import * as vscode from 'vscode';
import { type LineRange, MAX_ANNOTATED_LENGTH } from '../../completion/index.ts';
import { CELL_SCHEME, isWritten } from '../inline-completion/editor-text.ts';

/** Whether a document is one whose text is tinted: written by people, no cell of a notebook and not too long. */
export function isAnnotated(document: vscode.TextDocument): boolean {
  return isTintable(document) && lengthOf(document) <= MAX_ANNOTATED_LENGTH;
}

/** Whether a document's text would be tinted if it were not too long. */
export function isTooLong(document: vscode.TextDocument): boolean {
  return isTintable(document) && lengthOf(document) > MAX_ANNOTATED_LENGTH;
}

function isTintable({ uri }: vscode.TextDocument): boolean {
  return isWritten(uri) && uri.scheme !== CELL_SCHEME;
}

function lengthOf(document: vscode.TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}

/** The lines on screen, in all editors of a document, the active one's first. */
export function visibleLines(document: vscode.TextDocument): LineRange[] {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return visibleTextEditors
    .filter((editor) => editor.document === document)
    .sort((a, b) => Number(b === activeTextEditor) - Number(a === activeTextEditor))
    .flatMap(({ visibleRanges }) =>
      visibleRanges.map(({ start, end }) => ({ from: start.line, to: end.line + 1 })),
    );
}
