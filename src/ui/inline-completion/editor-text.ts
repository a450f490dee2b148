import * as vscode from 'vscode';
import { surroundingsOf } from '../../completion/index.ts';
import type { Surroundings, TextChange } from '../../completion/index.ts';
import { CELL_SEPARATOR } from '../../corpus/index.ts';
import { isWrittenScheme, type NamedText } from '../../session/index.ts';

/** Scheme of the cells of notebooks. */
export const CELL_SCHEME = 'vscode-notebook-cell';

/** The text that suggestions know of an editor's document: its own or, for a cell, that of all cells of its notebook. */
export interface EditorText extends NamedText {
  /** Where the document begins in the text, in UTF-16 units. */
  readonly start: number;
  /**
   * The text around a cursor in the document; before a cell's, the cells above it that are of the same language.
   * @param restStart column in the cursor's line where what follows begins, if not at the cursor
   */
  readonly surroundings: (cursor: vscode.Position, restStart?: number) => Surroundings;
}

export function editorTextOf(document: vscode.TextDocument): EditorText {
  const notebook = notebookOf(document);
  return notebook ? notebookText(notebook, document) : documentText(document);
}

/** The texts of files and notebooks that are open and not saved. */
export function unsavedTexts(): NamedText[] {
  const { textDocuments, notebookDocuments } = vscode.workspace;
  return [
    ...textDocuments.filter(({ uri, isDirty }) => isDirty && isOfFile(uri)).map(documentText),
    ...notebookDocuments
      .filter(({ uri, isDirty }) => isDirty && isOfFile(uri))
      .map((notebook) => textOfCells(notebook, cellsOf(notebook))),
  ];
}

/** The name in the worker of a document or notebook. */
export function nameOf({ uri }: Pick<vscode.TextDocument, 'uri'>): string {
  return uri.scheme === 'file' ? uri.fsPath : uri.toString();
}

/**
 * The changes of an event as the worker receives them.
 * @param start where the document begins in the text that the worker knows
 */
export function changesOf(
  { contentChanges, reason }: Pick<vscode.TextDocumentChangeEvent, 'contentChanges' | 'reason'>,
  start: number,
): TextChange[] {
  return contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
    offset: start + rangeOffset,
    removed: rangeLength,
    inserted: text,
    ...(reason === undefined ? {} : { isRestored: true }),
  }));
}

function documentText(document: vscode.TextDocument): EditorText {
  return {
    name: nameOf(document),
    start: 0,
    isUnsaved: document.isDirty,
    length: () => lengthOf(document),
    text: () => document.getText(),
    surroundings: (cursor, restStart) => surroundingsOf(document, cursor, restStart),
  };
}

function notebookText(notebook: vscode.NotebookDocument, document: vscode.TextDocument): EditorText {
  const cells = cellsOf(notebook);
  const index = cells.indexOf(document);
  return {
    ...textOfCells(notebook, cells),
    start: lengthWithSeparators(cells.slice(0, index)),
    surroundings: ({ line, character }, restStart) => {
      const first =
        cells.findLastIndex(({ languageId }, at) => at < index && languageId !== document.languageId) + 1;
      const above = cells.slice(first, index);
      const lineCount = above.reduce((sum, cell) => sum + cell.lineCount, 0);
      const lines = {
        lineCount: lineCount + document.lineCount,
        lineAt: (at: number) => lineIn([...above, document], at),
      };
      const found = surroundingsOf(lines, { line: lineCount + line, character }, restStart);
      return { ...found, atFileStart: found.atFileStart && first === 0 };
    },
  };
}

function textOfCells(notebook: vscode.NotebookDocument, cells: readonly vscode.TextDocument[]): NamedText {
  return {
    name: nameOf(notebook),
    isUnsaved: notebook.isDirty,
    length: () => lengthWithSeparators(cells) - CELL_SEPARATOR.length,
    text: () => cells.map((cell) => cell.getText()).join(CELL_SEPARATOR),
  };
}

function cellsOf(notebook: vscode.NotebookDocument): vscode.TextDocument[] {
  return notebook.getCells().map(({ document }) => document);
}

function lengthWithSeparators(cells: readonly vscode.TextDocument[]): number {
  return cells.reduce((sum, cell) => sum + lengthOf(cell) + CELL_SEPARATOR.length, 0);
}

/** Whether people write what is there, unlike logs, outputs and diffs. */
export function isWritten(uri: vscode.Uri): boolean {
  return isWrittenScheme(uri.scheme) || uri.scheme === CELL_SCHEME;
}

function isOfFile({ scheme }: vscode.Uri): boolean {
  return scheme === 'file' || scheme === 'vscode-remote';
}

/** The notebook that a document is a cell of. */
function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  if (document.uri.scheme !== CELL_SCHEME) return undefined;
  return vscode.workspace.notebookDocuments.find((notebook) =>
    notebook.getCells().some((cell) => cell.document === document),
  );
}

/** The line at an index of all lines of some documents. */
function lineIn(documents: readonly vscode.TextDocument[], index: number): { readonly text: string } {
  for (const document of documents) {
    if (index < document.lineCount) return document.lineAt(index);
    index -= document.lineCount;
  }
  throw new RangeError('there is no such line');
}

/** Length in UTF-16 units, without making one string of the lines. */
function lengthOf(document: vscode.TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}
