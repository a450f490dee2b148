import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { documentOf } from '../editor-document.ts';
import { providerFixture } from './provider-fixture.ts';

const { given, provide } = providerFixture();

describe('a cursor that came to another line', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const lines = ['int a;', 'int b;', 'int c;'];
  const moveTo = (line: number, languageId = 'c', isEmpty = true): void => {
    const active = { line, character: 4 } as vscode.Position;
    given.provider.noteSelection({
      document: documentOf(lines.join('\n'), { languageId }),
      selections: [{ active, isEmpty } as vscode.Selection],
    });
  };

  it('has the text before it read once it rests there', () => {
    moveTo(0);
    vi.advanceTimersByTime(99);
    moveTo(1);
    vi.advanceTimersByTime(99);
    expect(given.warmed).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(given.warmed).toEqual([{ document: '/a.c', prefix: 'int a;\nint ', atFileStart: true }]);
    moveTo(1);
    vi.advanceTimersByTime(100);
    expect(given.warmed.length).toBe(1);
  });

  it('has nothing read where a suggestion is asked for, before or after', async () => {
    moveTo(2);
    await provide({ text: 'int a;\nint |' });
    moveTo(1);
    vi.advanceTimersByTime(1000);
    expect([given.warmed.length, given.asked.length]).toEqual([0, 1]);
  });

  it('has nothing read where nothing is suggested', () => {
    moveTo(1, 'markdown');
    vi.advanceTimersByTime(1000);
    moveTo(1, 'c', false);
    vi.advanceTimersByTime(1000);
    given.client.canSuggest = false;
    moveTo(1);
    vi.advanceTimersByTime(1000);
    expect(given.warmed).toEqual([]);
  });
});
