import { describe, expect, it } from 'vitest';
import type * as vscode from 'vscode';
import { changesOf } from '../../../../src/ui/inline-completion/editor-text.ts';
import { invoke, providerFixture } from './provider-fixture.ts';

const { given, provide } = providerFixture();

describe('after a change', () => {
  const note = (
    offset: number,
    removed: number,
    inserted: string,
    reason?: vscode.TextDocumentChangeReason,
  ) =>
    given.provider.noteChange(
      '/a.c',
      changesOf(
        { contentChanges: [{ rangeOffset: offset, rangeLength: removed, text: inserted } as never], reason },
        0,
      ),
    );
  const undo = 1 as vscode.TextDocumentChangeReason;

  it('that took text away nothing is suggested, unless asked for by hand', async () => {
    note(4, 1, '');
    expect(await provide({ text: 'x = |' })).toEqual([]);
    expect(given.asked).toEqual([]);
    expect(await provide({ text: 'x = |', triggerKind: invoke })).toEqual(['foo(a);']);
    note(3, 0, ' ');
    expect(await provide({ text: 'x = |' })).toEqual(['foo(a);']);
  });

  it('that was undone it is not suggested again', async () => {
    note(4, 0, 'foo(a);');
    note(4, 7, '', undo);
    note(4, 0, 'f');
    given.answer = () => Promise.resolve({ text: 'oo(a);', confidence: 1, alternatives: [] });
    expect(await provide({ text: 'x = f|' })).toEqual([]);
    expect(await provide({ text: 'x = f|', triggerKind: invoke })).toEqual(['oo(a);']);
  });
});

describe('typing along', () => {
  it('keeps the suggestion without asking again', async () => {
    await provide({ text: 'x = |' });
    expect(await provide({ text: 'x = f|' })).toEqual(['oo(a);']);
    expect(await provide({ text: 'x = foo(|)' })).toEqual(['a']);
    expect(given.asked.length).toBe(1);
  });

  for (const { name, change } of [
    { name: 'the temperature', change: () => (given.settings.temperature = 1) },
    { name: 'the largest length', change: () => (given.settings.maxLength = 5) },
    { name: 'the model', change: () => given.client.revision++ },
  ]) {
    it(`asks again after a change of ${name}`, async () => {
      await provide({ text: 'x = |' });
      change();
      await provide({ text: 'x = f|' });
      expect(given.asked.length).toBe(2);
    });
  }

  it('asks again when asked by hand', async () => {
    await provide({ text: 'x = |' });
    await provide({ text: 'x = f|', triggerKind: invoke });
    expect(given.asked.length).toBe(2);
  });
});
