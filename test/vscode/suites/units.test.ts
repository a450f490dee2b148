import * as assert from 'node:assert/strict';
import type {} from 'mocha';
import * as vscode from 'vscode';
import { typedFile } from '../constants.ts';
import { configure, extension, revert, typeLine, until } from '../editor.ts';

describe('what a unit sees', () => {
  it('says what is missing where there is no network', async () => {
    const view = await extension();
    await configure({ 'charRnn.suggestions.beforeTraining': false });
    await until('the base network to be unloaded', () => view.suggestions.client.status.kind === 'noModel');
    await vscode.commands.executeCommand('charRnn.showUnit');
    assert.equal(view.units.shown, undefined);
    await configure({ 'charRnn.suggestions.beforeTraining': undefined });
    await until('the base network to be loaded', () => view.suggestions.client.status.kind === 'ready');
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('is shown before anybody has trained, beginning with a unit that has a name', async () => {
    const view = await extension();
    const document = await typeLine(typedFile, "const text = 'inside'; outside();");
    const choosing = vscode.commands.executeCommand('charRnn.showUnit');
    const follows = await until('a unit with a name', () => view.units.shown?.follows);
    assert.match(follows, /^follows .*, r = [+−]0\.\d\d$/);
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await choosing;
    assert.equal(view.units.shown?.follows, follows, 'what was chosen stays');
    const line = document.lineCount - 1;
    const editor = vscode.window.activeTextEditor!;
    editor.revealRange(new vscode.Range(line, 0, line, 0));
    const at = (character: number) => view.units.valueAt(document, new vscode.Position(line, character));
    const before = await until('the values of the last line', () => at(0) !== undefined && [at(0), at(20)]);
    for (const value of before) assert.ok(Math.abs(value ?? 2) <= 1);
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(line, 20),
    );
    const [content] = hover.contents as vscode.MarkdownString[];
    assert.match(content.value, /Unit \d+: /);

    await editor.edit((edit) => edit.insert(new vscode.Position(line, 0), '// '));
    assert.equal(at(20), undefined, 'nothing is said of a text that was not read yet');
    await until('the changed line to be read', () => at(20) !== undefined);
    await vscode.commands.executeCommand('charRnn.showUnit');
    assert.equal(view.units.shown, undefined, 'the command hides it again');
    await revert(document);
  });
});
