import * as assert from 'node:assert/strict';
import type {} from 'mocha';
import * as vscode from 'vscode';
import { configure, extension, revert, sleep, typeLine, until } from '../editor.ts';
import { typedFile } from '../constants.ts';

/** One more line like those of the file, with a typing error. */
const WRONG = "registry.regsiter('files.open-door', (request) => open(request.door));";

describe('surprise', () => {
  afterEach(() => configure({ 'charRnn.surprise.enabled': undefined }));

  it('marks a mistake as it is typed, before anybody has trained, and says what was expected', async () => {
    const view = await extension();
    const document = await typeLine(typedFile, WRONG);
    const line = document.lineCount - 1;
    assert.deepEqual(view.surprise.linesOf(document), [], 'nothing is rated while it is off');
    await vscode.commands.executeCommand('charRnn.toggleSurprise');
    const rated = await until('the line to be rated', () =>
      view.surprise.linesOf(document).find((found) => found.line === line && found.surprise >= 0.5),
    );
    const { start, end, expected } = rated.worst;
    assert.equal(WRONG.slice(start, end), 'regsiter');
    assert.equal(expected, 'register');
    const others = view.surprise.linesOf(document).filter((found) => found.surprise > rated.surprise);
    assert.deepEqual(others, [], 'no other line is more surprising');

    const editor = vscode.window.activeTextEditor!;
    const range = new vscode.Range(line, start, line, end);
    await editor.edit((edit) => edit.replace(range, 'register'));
    await until('the mark to go', () =>
      view.surprise.linesOf(document).some((found) => found.line === line && found.surprise < 0.5),
    );
    await revert(document);
  });

  it('rates nothing in editors that are not on screen, and nothing once it is off again', async () => {
    const view = await extension();
    await vscode.commands.executeCommand('charRnn.toggleSurprise');
    const hidden = await typeLine(typedFile, '');
    await until('the file to be rated', () => view.surprise.linesOf(hidden).length > 0);
    const shown = await typeLine('src/queues.ts', '');
    await until('the other file to be rated', () => view.surprise.linesOf(shown).length > 0);
    assert.deepEqual(view.surprise.linesOf(hidden), []);
    await vscode.commands.executeCommand('charRnn.toggleSurprise');
    await until('the marks to go', () => view.surprise.linesOf(shown).length === 0);
    await sleep(500);
    assert.deepEqual(view.surprise.linesOf(shown), []);
    await revert(shown);
    await revert(hidden);
  });
});
