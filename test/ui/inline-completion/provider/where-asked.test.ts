import { describe, expect, it } from 'vitest';
import type * as vscode from 'vscode';
import { fake } from '../../../vscode-fake/index.ts';
import { documentOf, notebookOf } from '../editor-document.ts';
import { automatic, cursorAt, providerFixture, rangeOn, type Scene, Token } from './provider-fixture.ts';

const { given, provide } = providerFixture();

describe('the worker', () => {
  it('follows the document, and those that are not saved', async () => {
    fake.textDocuments = [
      documentOf('', { path: '/b.c', isDirty: true }),
      documentOf('', { path: '/saved.c' }),
      documentOf('', { path: 'log', scheme: 'output', isDirty: true }),
      documentOf('', { path: '/n.ipynb#0', scheme: 'vscode-notebook-cell', isDirty: true }),
      documentOf('', { path: 'new', scheme: 'untitled', isDirty: true }),
    ];
    fake.notebookDocuments = [
      notebookOf('/n.ipynb', [documentOf('a', { isDirty: true }), documentOf('b', { isDirty: true })]),
      notebookOf('/saved.ipynb', [documentOf('a')]),
    ];
    await provide({ text: 'x = |' });
    expect(given.followed).toEqual(['/a.c', '/b.c', '/n.ipynb']);
  });

  it('knows a cell as a part of its notebook', async () => {
    const cell = (text: string) => documentOf(text, { scheme: 'vscode-notebook-cell' });
    const cells = [cell('a = 1'), cell('b = ')];
    fake.notebookDocuments = [notebookOf('/n.ipynb', cells)];
    const context = { triggerKind: automatic, selectedCompletionInfo: undefined };
    const position = { line: 0, character: 4 } as vscode.Position;
    await given.provider.provideInlineCompletionItems(cells[1], position, context, new Token());
    expect(given.followed).toEqual(['/n.ipynb']);
    expect(given.asked).toMatchObject([{ document: '/n.ipynb', prefix: 'a = 1\nb = ', offset: 10 }]);
  });
});

describe('no ghost text, and the worker is not asked', () => {
  for (const { name, ...scene } of [
    {
      name: 'with several cursors that have different text behind them',
      text: 'x = |;\ny = 1;',
      selections: [cursorAt(0, 4), cursorAt(1, 4)],
    },
    {
      name: 'with a selection besides the cursor',
      selections: [cursorAt(0, 4), { ...cursorAt(0, 0), isEmpty: false }],
    },
    { name: 'with a selection', selections: [{ isEmpty: false }] },
    { name: 'in output and other documents nobody writes', scheme: 'output' },
    {
      name: 'behind an item of the suggestion list that spans lines',
      selectedCompletionInfo: { text: 'printf', range: { ...rangeOn(0, 2, 3), isSingleLine: false } },
    },
    {
      name: 'while the selected item of the suggestion list goes on otherwise than what is typed',
      text: 'x PRI|',
      selectedCompletionInfo: { text: 'printf', range: rangeOn(0, 2, 5) },
    },
    { name: 'when cancelled already', token: Object.assign(new Token(), { isCancellationRequested: true }) },
  ] as (Scene & { name: string })[]) {
    it(name, async () => {
      expect(await provide({ ...scene, text: scene.text ?? 'x = |' })).toEqual([]);
      expect(given.asked).toEqual([]);
    });
  }

  it('where there is neither a model nor a memory', async () => {
    given.client.canSuggest = false;
    expect(await provide({ text: 'x = |' })).toEqual([]);
    expect([given.asked, given.followed]).toEqual([[], []]);
  });

  it('in a language that is off', async () => {
    expect(await provide({ text: 'x = |' }, 'markdown')).toEqual([]);
    expect(given.asked).toEqual([]);
  });
});
