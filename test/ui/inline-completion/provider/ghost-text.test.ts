import { describe, expect, it } from 'vitest';
import type * as vscode from 'vscode';
import { GhostTextProvider } from '../../../../src/ui/inline-completion/provider.ts';
import { documentOf } from '../editor-document.ts';
import { cursorAt, invoke, providerFixture, rangeOn, Token } from './provider-fixture.ts';

const { given, provide } = providerFixture();

describe('ghost text', () => {
  it('rests while snoozed, but for what is asked for by hand', async () => {
    given.settings = { ...given.settings, isSnoozed: true };
    expect(await provide({ text: 'x = |' })).toEqual([]);
    expect(given.asked).toEqual([]);
    const byHand = invoke;
    expect(await provide({ text: 'x = |', triggerKind: byHand })).toEqual(['foo(a);']);
  });

  it('is counted once while it is typed, and what is taken says where it stands', async () => {
    const shown: string[] = [];
    given.provider = new GhostTextProvider(given.client, () => given.settings, {
      noteShown: (language) => shown.push(language),
    });
    expect(await provide({ text: 'x = |' })).toEqual(['foo(a);']);
    expect(await provide({ text: 'x = fo|' })).toEqual(['o(a);']);
    expect(shown).toEqual(['c']);
    const document = documentOf('x = \r\n', { eol: 2 as vscode.EndOfLine });
    given.answer = () => Promise.resolve({ text: 'a\nb', confidence: 1, alternatives: ['c'] });
    const items = await given.provider.provideInlineCompletionItems(
      document,
      { line: 0, character: 4 } as vscode.Position,
      { triggerKind: invoke, selectedCompletionInfo: undefined },
      new Token(),
    );
    expect(items.map(({ command }) => command?.arguments)).toEqual(
      ['a\r\nb', 'c'].map((text) => [{ document: '/a.c', language: 'c', start: 4, text }]),
    );
    expect(shown).toEqual(['c', 'c']);
    const cancelled = new Token();
    given.answer = () => {
      cancelled.cancel();
      return Promise.resolve({ text: 'd', confidence: 1, alternatives: [] });
    };
    expect(await provide({ text: 'y = |', token: cancelled })).toEqual([]);
    expect(shown).toHaveLength(2);
  });

  it('is what the worker suggests', async () => {
    expect(await provide({ text: 'a\nx = |)\nb\nc\nd' })).toEqual(['foo(a);']);
    expect(given.asked).toEqual([
      {
        document: '/a.c',
        offset: 6,
        beginning: '',
        prefix: 'a\nx = ',
        atFileStart: true,
        suffix: ')\nb\nc',
        languageId: 'c',
        indentation: { insertSpaces: false, tabSize: 8 },
        temperature: 0.3,
        seed: 0,
        maxLength: 80,
        eagerness: 'balanced',
        explicit: false,
      },
    ]);
  });

  it('has the line ends of the document', async () => {
    given.answer = () => Promise.resolve({ text: '\n\tb;\n}', confidence: 1, alternatives: [] });
    expect(await provide({ text: 'if (a) {|', eol: 2 })).toEqual(['\r\n\tb;\r\n}']);
  });

  it('says at the worker when it was asked for by hand', async () => {
    await provide({ text: 'x = |', triggerKind: invoke });
    expect(given.asked[0].explicit).toBe(true);
  });

  it('begins with the item that is selected in the suggestion list, and replaces what that replaces', async () => {
    given.answer = () => Promise.resolve({ text: 'ntf(a);', confidence: 1, alternatives: [] });
    const selectedCompletionInfo = { text: 'printf', range: rangeOn(1, 2, 5) };
    expect(await provide({ text: 'a\nx pri|)\nb', selectedCompletionInfo })).toEqual(['printf(a);']);
    expect(given.asked[0]).toMatchObject({ prefix: 'a\nx pri', beginning: 'ntf', suffix: ')\nb', offset: 7 });
  });

  it('stays while the list opens on its first word, and when it closes again', async () => {
    await provide({ text: 'x = |' });
    const selectedCompletionInfo = { text: 'foo', range: rangeOn(0, 4, 5) };
    expect(await provide({ text: 'x = f|', selectedCompletionInfo })).toEqual(['foo(a);']);
    expect(await provide({ text: 'x = fo|' })).toEqual(['o(a);']);
    expect(given.asked.length).toBe(1);
    const other = { text: 'format', range: rangeOn(0, 4, 6) };
    await provide({ text: 'x = fo|', selectedCompletionInfo: other });
    expect(given.asked.slice(1)).toMatchObject([{ prefix: 'x = fo', beginning: 'rmat' }]);
  });

  it('comes in the middle of a line, too', async () => {
    expect(await provide({ text: 'x = | + 1;' })).toEqual(['foo(a);']);
    given.answer = () => Promise.resolve({ text: 'ntf(a);', confidence: 1, alternatives: [] });
    const selectedCompletionInfo = { text: 'printf', range: rangeOn(0, 0, 4) };
    expect(await provide({ text: 'pri|xx', selectedCompletionInfo })).toEqual(['printf(a);']);
    expect(given.asked).toMatchObject([
      { prefix: 'x = ', suffix: ' + 1;' },
      { prefix: 'pri', beginning: 'ntf', suffix: 'x' },
    ]);
  });

  it('comes at several cursors that have the same text behind them', async () => {
    const selections = [cursorAt(0, 4), cursorAt(1, 4)];
    expect(await provide({ text: 'x = |;\ny = ;', selections })).toEqual(['foo(a);']);
  });

  it('is nothing when the worker has nothing', async () => {
    given.answer = () => Promise.resolve(undefined);
    expect(await provide({ text: 'x = |' })).toEqual([]);
  });
});
