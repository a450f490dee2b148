import { beforeEach, expect, it, vi } from 'vitest';
import { registerGhostText } from '../../../src/ui/inline-completion/ghost-text.ts';
import { GhostTextProvider } from '../../../src/ui/inline-completion/provider.ts';
import { fake, resetFake } from '../../vscode-fake/index.ts';
import { documentOf, notebookOf } from './editor-document.ts';

const cells = ['one', 'two'].map((text, index) =>
  documentOf(text, { scheme: 'vscode-notebook-cell', path: `/n.ipynb#${index}` }),
);
const notebook = notebookOf('/n.ipynb', cells);
const client = { change: vi.fn(), resend: vi.fn(), forget: vi.fn() };

beforeEach(() => {
  resetFake();
  vi.resetAllMocks();
  fake.notebookDocuments = [notebook];
  const source = {
    canSuggest: false,
    revision: 1,
    follow: vi.fn(),
    warm: vi.fn(),
    suggest: () => Promise.resolve(undefined),
  };
  registerGhostText(client, new GhostTextProvider(source, vi.fn()));
});

it('reports a change of a cell as one of its notebook', () => {
  const contentChanges = [{ rangeOffset: 3, rangeLength: 0, text: '!' }];
  fake.events.textDocument.fire({ document: cells[1], contentChanges });
  expect(client.change.mock.calls).toEqual([['/n.ipynb', [{ offset: 7, removed: 0, inserted: '!' }]]]);
});

it('has a notebook sent again when cells come or go, and forgotten when it is closed', () => {
  fake.events.notebook.fire({ notebook, contentChanges: [] });
  expect(client.resend).not.toHaveBeenCalled();
  fake.events.notebook.fire({ notebook, contentChanges: [{}] });
  expect(client.resend.mock.calls).toEqual([['/n.ipynb']]);
  fake.events.closedNotebook.fire(notebook);
  expect(client.forget.mock.calls).toEqual([['/n.ipynb']]);
});

it('forgets a document that is closed, and no notebook with one of its cells', () => {
  fake.events.closedDocument.fire(documentOf('', { path: '/b.c' }));
  fake.events.closedDocument.fire(cells[0]);
  expect(client.forget.mock.calls).toEqual([['/b.c'], ['vscode-notebook-cell:/n.ipynb#0']]);
});
