import type * as vscode from 'vscode';

export interface DocumentOptions {
  readonly languageId?: string;
  readonly scheme?: string;
  /** The path; a notebook's, followed by # and more, for a cell. */
  readonly path?: string;
  readonly eol?: vscode.EndOfLine;
  readonly isDirty?: boolean;
}

const LF = 1 as vscode.EndOfLine;

/** An editor's document with this text, as far as suggestions look at it. */
export function documentOf(
  text: string,
  { languageId = 'c', scheme = 'file', path = '/a.c', eol = LF, isDirty = false }: DocumentOptions = {},
): vscode.TextDocument {
  const lines = text.split('\n');
  const end = eol === LF ? '\n' : '\r\n';
  const uri = { scheme, fsPath: path, toString: () => `${scheme}:${path}` } satisfies Partial<vscode.Uri>;
  const document = {
    uri: uri as vscode.Uri,
    languageId,
    eol,
    isDirty,
    isClosed: false,
    lineCount: lines.length,
    getText: () => lines.join(end),
    lineAt: (at: number | vscode.Position) => {
      const line = typeof at === 'number' ? at : at.line;
      return {
        text: lines[line],
        range: { end: { line, character: lines[line].length } },
      } as vscode.TextLine;
    },
    offsetAt: ({ line, character }: vscode.Position) =>
      lines.slice(0, line).reduce((sum, { length }) => sum + length + end.length, 0) + character,
  } satisfies Partial<vscode.TextDocument>;
  return document as vscode.TextDocument;
}

/** A notebook of these cells. */
export function notebookOf(path: string, cells: readonly vscode.TextDocument[]): vscode.NotebookDocument {
  const notebook = {
    uri: {
      scheme: 'file',
      fsPath: path,
      toString: () => `file:${path}`,
    } satisfies Partial<vscode.Uri> as vscode.Uri,
    isDirty: cells.some(({ isDirty }) => isDirty),
    getCells: () => cells.map((document) => ({ document }) as vscode.NotebookCell),
  } satisfies Partial<vscode.NotebookDocument>;
  return notebook as vscode.NotebookDocument;
}
