import { beforeEach, describe, expect, it } from 'vitest';
import { OpenDocuments } from '../../../src/lsp/documents/open-documents.ts';

const URI = 'file:///home/a/one.c';
const START = { line: 0, character: 0 };

let calls: unknown[][];
let documents: OpenDocuments;

beforeEach(() => {
  calls = [];
  const client = {
    change: (...args: unknown[]) => calls.push(['change', ...args]),
    forget: (...args: unknown[]) => calls.push(['forget', ...args]),
    resend: (...args: unknown[]) => calls.push(['resend', ...args]),
  };
  documents = new OpenDocuments(client, 'utf-16', (document) => calls.push(['listener', document.name]));
});

function open(uri: string): void {
  documents.open({ textDocument: { uri, languageId: 'c', text: 'int one;\n' } });
}

function change(...contentChanges: unknown[]): void {
  documents.change({ textDocument: { uri: URI }, contentChanges });
}

describe('changes', () => {
  beforeEach(() => open(URI));

  it('reach the worker, and who listens', () => {
    change({ range: { start: START, end: START }, text: 'x' });
    expect(calls).toEqual([
      ['change', '/home/a/one.c', [{ offset: 0, removed: 0, inserted: 'x' }]],
      ['listener', '/home/a/one.c'],
    ]);
  });

  it('that leave the text as it is reach nobody', () => {
    change({ text: 'int one;\n' }, { range: { start: START, end: START }, text: '' });
    expect(calls).toEqual([]);
  });

  it('that cannot be made have the worker get the whole text again', () => {
    const first = { range: { start: START, end: START }, text: 'x' };
    expect(() => change(first, { range: { start: { line: -1 } }, text: '' })).toThrow();
    expect(documents.require({ textDocument: { uri: URI } }).getText()).toBe('xint one;\n');
    expect(calls).toEqual([['resend', '/home/a/one.c']]);
  });
});

describe('the language of a document', () => {
  it('is that of its file, however the client names it', () => {
    documents.open({ textDocument: { uri: 'file:///home/a/run.sh', languageId: 'sh', text: '' } });
    const { standardLanguageId } = documents.require({ textDocument: { uri: 'file:///home/a/run.sh' } });
    expect(standardLanguageId).toBe('shellscript');
  });

  it('is what the client says where the name shows none', () => {
    documents.open({ textDocument: { uri: 'untitled:1', languageId: 'lua', text: '' } });
    expect(documents.require({ textDocument: { uri: 'untitled:1' } }).standardLanguageId).toBe('lua');
  });
});

describe('two documents of one file', () => {
  it('have names of their own, so that closing one leaves the other', () => {
    open(URI);
    const other = 'file:///home/a/%6Fne.c';
    open(other);
    expect(documents.require({ textDocument: { uri: other } }).name).toBe(other);
    documents.close({ textDocument: { uri: other } });
    expect(calls).toEqual([['forget', other]]);
  });
});
