import * as assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type {} from 'mocha';
import * as vscode from 'vscode';
import {
  acceptSuggestion,
  configure,
  patienceMs,
  revert,
  sleep,
  typeAround,
  typeLine,
  until,
} from '../editor.ts';
import { trained } from '../training.ts';

const QUEUES = 'src/queues.ts';
const VIEW = 'src/view.tsx';
const FILES = 'src/files.ts';

/** The last line of a document's file, after it was saved; takes it back on disk, too. */
async function savedLine(document: vscode.TextDocument): Promise<string> {
  assert.ok(await document.save());
  const line = (await readFile(document.uri.fsPath, 'utf8')).split('\n').at(-1)!;
  const editor = await vscode.window.showTextDocument(document);
  const { range } = document.lineAt(document.lineCount - 1);
  await editor.edit((edit) => edit.delete(range));
  assert.ok(await document.save());
  return line;
}

describe('suggestions before other text', () => {
  before(trained);

  for (const { name, file, line, saved } of [
    {
      name: 'an argument before a comma',
      file: QUEUES,
      line: '  dispatcher.schedule(waitingQ\u2380, registry);',
      saved: '  dispatcher.schedule(waitingQueue, registry);',
    },
    {
      name: 'a condition before its bracket and block',
      file: QUEUES,
      line: 'if (registry.isR\u2380) {',
      saved: /^if \(registry\.isReady\(\w*\)?\) \{$/,
    },
    {
      name: 'text in an element',
      file: VIEW,
      line: 'export const LastTitle = () => <b>Reg\u2380</b>;',
      saved: 'export const LastTitle = () => <b>Registry of everything</b>;',
    },
  ]) {
    it(name, async () => {
      const document = await typeAround(file, line);
      assert.notEqual(await acceptSuggestion(document), '', 'something is suggested');
      const found = await savedLine(document);
      if (typeof saved === 'string') assert.equal(found, saved);
      else assert.match(found, saved);
    });
  }

  it('arguments between brackets that the editor closed', async () => {
    await configure({ 'editor.autoClosingBrackets': 'languageDefined' });
    const document = await typeLine(QUEUES, '  dispatcher.schedule');
    await vscode.commands.executeCommand('type', { text: '(' });
    await vscode.commands.executeCommand('type', { text: 'f' });
    assert.equal(document.lineAt(document.lineCount - 1).text, '  dispatcher.schedule(f)');
    assert.notEqual(await acceptSuggestion(document), '', 'something is suggested');
    assert.match(await savedLine(document), /^  dispatcher\.schedule\(f\w+(?:, registry)?\)$/);
    await configure({ 'editor.autoClosingBrackets': undefined });
  });
});

describe('a document', () => {
  before(trained);

  it('knows what was typed in another that is open, saved or not', async () => {
    const defined = await typeLine(FILES, 'export function ');
    const editor = await vscode.window.showTextDocument(defined);
    const text = `frobnicateWidgets(): void {}\n${'frobnicateWidgets();\n'.repeat(6)}`;
    await editor.edit((edit) => edit.insert(editor.selection.active, text));
    const suggestion = await until('what the other document defines', async (attempt) => {
      // From the first question on the extension is told what is typed in a document.
      await vscode.window.showTextDocument(defined);
      await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
      await sleep(patienceMs(attempt));
      await vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
      // Typed anew, as VS Code does not ask again about a text for which it had an answer.
      const used = await typeLine(QUEUES, 'frobni');
      const accepted = await acceptSuggestion(used, 3 * patienceMs(attempt));
      // What is guessed until the other document is known.
      const isGuess = !accepted.startsWith('cat');
      if (isGuess) await revert(used);
      return !isGuess && accepted;
    });
    assert.match(suggestion, /^cat/);
    assert.equal(defined.isDirty, true);
    assert.match(await savedLine(vscode.window.activeTextEditor!.document), /^frobnicat/);
    await revert(defined);
  });
});
