import * as assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type {} from 'mocha';
import * as vscode from 'vscode';
import {
  acceptSuggestion,
  configure,
  extension,
  patienceMs,
  revert,
  select,
  sleep,
  typeLine,
  until,
  untilStatus,
} from '../editor.ts';
import { trained } from '../training.ts';
import { MAX_WAIT_MS } from '../../waits.ts';
import { typedFile } from '../constants.ts';

/** Beginnings of one more line like those of the file: one that goes on in one way, and one that may go on in many. */
const certain = 'registry.reg';
const open = "registry.register('";
/** Calls of two functions in no order: behind `order.` one of them is taken whole, or drawn letter by letter. */
const calls = [...'abbaababbabaab'.repeat(2)]
  .map((name) => (name === 'a' ? 'alphabeticallySorted' : 'numericallyCompared'))
  .map((name) => `order.${name}(lines);\n`)
  .join('');

describe('suggestions', () => {
  before(trained);

  afterEach(async () => {
    await configure({ 'charRnn.temperature': undefined, 'charRnn.suggestions.enabled': undefined });
  });

  it('offers ghost text that can be accepted and saved', async () => {
    const { tally } = (await extension()).suggestions;
    const countsNow = async () =>
      (await tally.counts()).today['typescript'] ?? { shown: 0, taken: 0, characters: 0 };
    const before = await countsNow();
    const document = await typeLine(typedFile, certain);
    const suggestion = await acceptSuggestion(document);
    assert.notEqual(suggestion, '');
    const after = await until('the count', async () => {
      const counts = await countsNow();
      return counts.taken > before.taken && counts;
    });
    assert.ok(after.shown > before.shown);
    assert.equal(after.characters - before.characters, [...suggestion].length);
    assert.ok(await document.save());
    const saved = await readFile(document.uri.fsPath, 'utf8');
    assert.ok(saved.endsWith(certain + suggestion), `the saved file ends with ${saved.slice(-80)}`);
  });

  it('takes a new temperature into account at once', async () => {
    const suggestAt = async (temperature: number, line = open, milliseconds = 5000): Promise<string> => {
      await configure({ 'charRnn.temperature': temperature });
      const document = await typeLine(typedFile, line);
      const suggestion = await acceptSuggestion(document, milliseconds);
      await revert(document);
      return suggestion;
    };
    const cold = await suggestAt(0, open, MAX_WAIT_MS);
    assert.notEqual(cold, '');
    // What is drawn may happen to be the likeliest, but hardly behind ten different texts.
    let isDrawn = false;
    for (let text = 0; text < 10 && !isDrawn; text++) {
      const lines = `${calls}${text}; order.`;
      isDrawn = (await suggestAt(2, lines)) !== (await suggestAt(0, lines));
    }
    assert.ok(isDrawn, 'a suggestion at a high temperature is another one');
    const again = await suggestAt(0, open, MAX_WAIT_MS);
    // What was accepted and taken away again has taught how sure one may be, and so how far a suggestion goes.
    assert.ok(
      again !== '' && (again.startsWith(cold) || cold.startsWith(again)),
      `${again} instead of ${cold}`,
    );
  });

  it('offers nothing in a language that is turned off, and says so', async () => {
    const view = await trained();
    await configure({ 'charRnn.suggestions.enabled': { '*': true, typescript: false } });
    const document = await typeLine(typedFile, certain);
    await untilStatus(view, 'off');
    assert.equal(await acceptSuggestion(document, 1500), '');
    await revert(document);
    await configure({ 'charRnn.suggestions.enabled': { '*': true } });
    await untilStatus(view, 'ready');
    // Typed anew, as VS Code does not ask again about a text for which it had an answer.
    assert.notEqual(await acceptSuggestion(await typeLine(typedFile, certain)), '');
    await revert(document);
  });

  it('turns the language of the active editor off and on again', async () => {
    const view = await trained();
    const document = await typeLine(typedFile, certain);
    await vscode.commands.executeCommand('charRnn.toggleSuggestions');
    await untilStatus(view, 'off');
    await vscode.commands.executeCommand('charRnn.toggleSuggestions');
    await untilStatus(view, 'ready');
    await revert(document);
  });

  it('leaves a selection alone', async () => {
    const document = await typeLine(typedFile, certain);
    const editor = await vscode.window.showTextDocument(document);
    const end = document.lineAt(document.lineCount - 1).range.end;
    await select(editor, new vscode.Selection(end.translate(0, -3), end));
    assert.equal(await acceptSuggestion(document, 1500), '');
    await revert(document);
  });
});

describe('while the list of the editor is open', () => {
  before(trained);

  for (const { name, item, isOffered } of [
    {
      name: 'ghost text goes on from its selected item where that is expected',
      item: 'register',
      isOffered: true,
    },
    { name: 'no ghost text comes where it is not', item: 'regularExpression', isOffered: false },
  ]) {
    it(name, async () => {
      let isSelected = false;
      const list = vscode.languages.registerCompletionItemProvider('typescript', {
        provideCompletionItems: () => [{ label: item, sortText: '0', preselect: true }],
        // The editor asks for the details of the item that is selected in the open list.
        resolveCompletionItem: (resolved) => {
          isSelected ||= resolved.label === item;
          return resolved;
        },
      });
      const document = await typeLine(typedFile, certain);
      try {
        await until('the list with its item selected', async (attempt) => {
          await vscode.commands.executeCommand('editor.action.triggerSuggest');
          await sleep(patienceMs(attempt));
          return isSelected;
        });
        const isFound = await until('ghost text or its absence', async () => {
          await vscode.commands.executeCommand('editor.action.triggerSuggest');
          await sleep(1500);
          // Does nothing while no ghost text is to be seen.
          await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
          const line = document.lineAt(document.lineCount - 1).text;
          if (line !== certain) return line;
          return isOffered ? undefined : 'nothing';
        });
        if (isOffered) assert.match(isFound, /^registry\.register\('/);
        else assert.equal(isFound, 'nothing');
      } finally {
        list.dispose();
        await vscode.commands.executeCommand('hideSuggestWidget');
        await revert(document);
      }
    });
  }
});

describe('a sample', () => {
  before(trained);

  it('streams into an untitled document', async () => {
    const document = await typeLine(typedFile, '');
    await revert(document);
    await vscode.commands.executeCommand('charRnn.generate', { length: 300, temperature: 0.5 });
    const sample = await until('an untitled document in front', () => {
      const active = vscode.window.activeTextEditor?.document;
      return active?.isUntitled && active;
    });
    await until('300 characters', () => sample.getText().length >= 300);
    assert.equal(sample.languageId, 'typescript');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
