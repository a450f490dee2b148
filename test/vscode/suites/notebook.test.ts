import * as assert from 'node:assert/strict';
import type {} from 'mocha';
import * as vscode from 'vscode';
import { noSuggestionList } from '../constants.ts';
import { configure, patienceMs, sleep, until } from '../editor.ts';
import { trained } from '../training.ts';

/** Puts the cursor behind the text of a cell, as a person who clicks there and presses End. */
async function editCell(notebook: vscode.NotebookDocument, index: number): Promise<vscode.TextDocument> {
  const { document } = notebook.cellAt(index);
  const range = new vscode.NotebookRange(index, index + 1);
  await vscode.window.showNotebookDocument(notebook, { selections: [range] });
  await vscode.commands.executeCommand('notebook.cell.edit');
  const editor = await until(
    'the cell being edited',
    () => vscode.window.activeTextEditor?.document === document && vscode.window.activeTextEditor,
  );
  const { end } = document.lineAt(document.lineCount - 1).range;
  editor.selection = new vscode.Selection(end, end);
  return document;
}

describe('a cell of a notebook', () => {
  before(trained);

  it('knows the cells above it as they are now', async () => {
    await configure(noSuggestionList);
    const code = vscode.NotebookCellKind.Code;
    const cells = ['', '', ''].map((text) => new vscode.NotebookCellData(code, text, 'typescript'));
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData(cells),
    );
    await editCell(notebook, 0);
    const defined = `export function frobnicateWidgets(): void {}\n${'frobnicateWidgets();\n'.repeat(6)}`;
    await vscode.commands.executeCommand('type', { text: defined });
    const below = await editCell(notebook, 2);
    const accepted = await until('what the cell above defines', async (attempt) => {
      // Typed anew, as VS Code does not ask again about a text for which it had an answer.
      await vscode.commands.executeCommand('editor.action.selectAll');
      await vscode.commands.executeCommand('type', { text: 'frobni' });
      await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
      await sleep(patienceMs(attempt));
      await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
      return below.getText() !== 'frobni' && below.getText();
    });
    assert.match(accepted, /^frobnicat/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await configure(Object.fromEntries(Object.keys(noSuggestionList).map((key) => [key, undefined])));
  });
});
