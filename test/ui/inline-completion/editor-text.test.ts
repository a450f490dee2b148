import { beforeEach, describe, expect, it } from 'vitest';
import type * as vscode from 'vscode';
import { changesOf, editorTextOf, nameOf } from '../../../src/ui/inline-completion/editor-text.ts';
import { fake, resetFake } from '../../vscode-fake/index.ts';
import { documentOf, notebookOf } from './editor-document.ts';

beforeEach(resetFake);

const at = (line: number, character: number) => ({ line, character }) as vscode.Position;

describe('a document', () => {
  it('is a text of its own, named by its path where it is a file', () => {
    const text = editorTextOf(documentOf('ab\ncd', { eol: 2, isDirty: true }));
    expect(text).toMatchObject({ name: '/a.c', start: 0, isUnsaved: true });
    expect([text.length(), text.text()]).toEqual([6, 'ab\r\ncd']);
    expect(text.surroundings(at(1, 1))).toEqual({ prefix: 'ab\nc', atFileStart: true, suffix: 'd' });
  });

  it('is named by its address elsewhere', () => {
    expect(nameOf(documentOf('', { scheme: 'untitled', path: 'a' }))).toBe('untitled:a');
  });

  it('has changes that say whether they were typed', () => {
    const contentChanges = [{ rangeOffset: 4, rangeLength: 0, text: 'a' } as never];
    const change = { offset: 14, removed: 0, inserted: 'a' };
    expect(changesOf({ contentChanges, reason: undefined }, 10)).toEqual([change]);
    const undone = 1 as vscode.TextDocumentChangeReason;
    expect(changesOf({ contentChanges, reason: undone }, 10)).toEqual([{ ...change, isRestored: true }]);
  });
});

describe('a cell', () => {
  const cell = (index: number, text: string, languageId = 'python') =>
    documentOf(text, { scheme: 'vscode-notebook-cell', path: `/n.ipynb#${index}`, languageId });

  it('is a part of the text of all cells, which is named by the notebook', () => {
    const cells = [cell(0, 'import a'), cell(1, '# Title', 'markdown'), cell(2, 'b = 1\nc'), cell(3, 'd')];
    fake.notebookDocuments = [notebookOf('/m.ipynb', [cell(0, '')]), notebookOf('/n.ipynb', cells)];
    const whole = 'import a\n# Title\nb = 1\nc\nd';
    for (const document of cells) {
      const text = editorTextOf(document);
      expect([text.name, text.text(), text.length()]).toEqual(['/n.ipynb', whole, whole.length]);
      expect(whole.startsWith(document.getText(), text.start)).toBe(true);
    }
    expect(cells.map((document) => editorTextOf(document).start)).toEqual([0, 9, 17, 25]);
  });

  it('sees the cells above it as far as they are of its language, and none below', () => {
    const cells = [cell(0, 'import a'), cell(1, 'import b\n'), cell(2, 'c = 1\nd'), cell(3, 'e')];
    fake.notebookDocuments = [notebookOf('/n.ipynb', cells)];
    const { surroundings } = editorTextOf(cells[2]);
    expect(surroundings(at(0, 2))).toEqual({
      prefix: 'import a\nimport b\n\nc ',
      atFileStart: true,
      suffix: '= 1\nd',
    });
    expect(surroundings(at(1, 0), 1).suffix).toBe('');
    const mixed = [cell(0, 'import a'), cell(1, "It's (", 'markdown'), cell(2, 'b'), cell(3, 'c')];
    fake.notebookDocuments = [notebookOf('/n.ipynb', mixed)];
    expect(editorTextOf(mixed[3]).surroundings(at(0, 1))).toEqual({
      prefix: 'b\nc',
      atFileStart: false,
      suffix: '',
    });
  });

  it('is a text of its own once its notebook is closed', () => {
    expect(editorTextOf(cell(0, 'a'))).toMatchObject({ name: 'vscode-notebook-cell:/n.ipynb#0', start: 0 });
  });

  it('is not saved while the notebook is not', () => {
    const cells = [cell(0, 'a'), documentOf('b', { scheme: 'vscode-notebook-cell', isDirty: true })];
    fake.notebookDocuments = [notebookOf('/n.ipynb', cells)];
    expect(editorTextOf(cells[0]).isUnsaved).toBe(true);
  });
});
