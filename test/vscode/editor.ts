import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestView } from '../../src/extension.ts';
import { MAX_WAIT_MS } from '../waits.ts';

export type { TestView };

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until `get`, which is given the number of calls before, gives something; fails with `what` when it never does. */
export async function until<T>(
  what: string,
  get: (attempt: number) => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + MAX_WAIT_MS;
  for (let attempt = 0; ; attempt++) {
    const value = await get(attempt);
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) assert.fail(`waited ${MAX_WAIT_MS / 1000} s for ${what}`);
    await sleep(50);
  }
}

/** The extension as its tests see it, activated. */
export async function extension(): Promise<TestView & { modelPath: string }> {
  const found = vscode.extensions.getExtension<TestView>('char-rnn.char-rnn');
  assert.ok(found, 'the extension is not installed');
  const view = await found.activate();
  assert.ok(view.modelPath, 'a workspace with a folder has a place for its model');
  return { ...view, modelPath: view.modelPath };
}

/** Waits for a kind of status; fails telling the status there is. */
export async function untilStatus(
  view: TestView,
  kind: NonNullable<ReturnType<TestView['status']>>['kind'],
): Promise<NonNullable<ReturnType<TestView['status']>>> {
  const end = Date.now() + MAX_WAIT_MS;
  for (;;) {
    const status = view.status();
    if (status?.kind === kind) return status;
    if (Date.now() > end) assert.fail(`the status should be ${kind}, but is ${JSON.stringify(status)}`);
    await sleep(20);
  }
}

/** Sets settings of the person, in effect when it settles; undefined takes one back. */
export async function configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [key, value] of Object.entries(settings)) {
    await vscode.workspace.getConfiguration().update(key, value, vscode.ConfigurationTarget.Global);
  }
}

/** Selects text; settles when VS Code has reported it, before which it may still report where the cursor was. */
export async function select(editor: vscode.TextEditor, selection: vscode.Selection): Promise<void> {
  let isReported = false;
  const listener = vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
    isReported ||= textEditor.document === editor.document && selections[0].isEqual(selection);
  });
  try {
    editor.selection = selection;
    await until('the selection', () => isReported);
  } finally {
    listener.dispose();
  }
}

/** Opens a file of the workspace and adds a last line, cursor at its end; nothing is closed or indented by the editor. */
export async function typeLine(name: string, text: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  const editor = await vscode.window.showTextDocument(document);
  const end = document.lineAt(document.lineCount - 1).range.end;
  await editor.edit((edit) => edit.insert(end, `${end.character > 0 ? '\n' : ''}${text}`));
  const cursor = document.lineAt(document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(cursor, cursor);
  return document;
}

/** The same with text behind the cursor, which stands where \u2380 is. */
export async function typeAround(name: string, line: string): Promise<vscode.TextDocument> {
  const [before, after] = line.split('\u2380');
  const document = await typeLine(name, before + after);
  const editor = await vscode.window.showTextDocument(document);
  const cursor = editor.selection.active.translate(0, -after.length);
  editor.selection = new vscode.Selection(cursor, cursor);
  return document;
}

/** How long to give ghost text to appear before it is asked for again, which drops what has not come yet. */
export const patienceMs = (attempt: number): number => Math.min(200 * 2 ** attempt, 5_000);

/** Asks for ghost text at the cursor and accepts it; answers with what was inserted, '' when nothing was offered. */
export async function acceptSuggestion(
  document: vscode.TextDocument,
  milliseconds = MAX_WAIT_MS,
): Promise<string> {
  const before = document.getText();
  const editor = await vscode.window.showTextDocument(document);
  const offset = document.offsetAt(editor.selection.active);
  const end = Date.now() + milliseconds;
  for (let attempt = 0; Date.now() < end; attempt++) {
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    await sleep(patienceMs(attempt));
    // Does nothing while no ghost text is to be seen.
    await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
    const after = document.getText();
    if (after !== before) {
      const inserted = after.slice(offset, offset + after.length - before.length);
      const expected = before.slice(0, offset) + inserted + before.slice(offset);
      assert.equal(after, expected, 'a suggestion leaves the text around it as it was');
      return inserted;
    }
  }
  return '';
}

/** Takes back everything typed since the file was last saved. */
export async function revert(document: vscode.TextDocument): Promise<void> {
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('workbench.action.files.revert');
}
