import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import {
  GhostTextProvider,
  type ProviderSettings,
  type GhostTextSource,
} from '../../../src/ui/inline-completion/provider.ts';
import { changesOf } from '../../../src/ui/inline-completion/editor-text.ts';
import type { TextBefore } from '../../../src/completion/predict/predictor.ts';
import type { Suggestion, SuggestionRequest } from '../../../src/completion/decode/suggest.ts';
import { atCursor } from '../../completion/cursor.ts';
import { fake, resetFake } from '../../vscode-fake.ts';
import { documentOf, notebookOf } from './editor-document.ts';

vi.mock('../../../src/common/sleep.ts', () => import('../../fake-sleep.ts'));

const invoke = 0 as vscode.InlineCompletionTriggerKind;
const automatic = 1 as vscode.InlineCompletionTriggerKind;

class Token implements vscode.CancellationToken {
  isCancellationRequested = false;
  private listeners = new Set<(event: unknown) => unknown>();
  readonly onCancellationRequested = (listener: (event: unknown) => unknown) => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };
  get listenerCount() {
    return this.listeners.size;
  }
  cancel() {
    this.isCancellationRequested = true;
    for (const listener of this.listeners) listener(undefined);
  }
}

interface Scene {
  text: string;
  scheme?: string;
  eol?: vscode.EndOfLine;
  selections?: { isEmpty: boolean; active?: { line: number; character: number } }[];
  options?: object;
  selectedCompletionInfo?: { text: string; range: ReturnType<typeof rangeOn> };
  triggerKind?: vscode.InlineCompletionTriggerKind;
  token?: Token;
}

const cursorAt = (line: number, character: number) => ({ isEmpty: true, active: { line, character } });

const rangeOn = (line: number, start: number, end: number) => ({
  start: { line, character: start },
  end: { line, character: end },
  isSingleLine: true,
});

let asked: SuggestionRequest[];
let signals: AbortSignal[];
let answer: (request: SuggestionRequest) => Promise<Suggestion | undefined>;
let followed: string[];
let warmed: TextBefore[];
let client: { -readonly [K in keyof GhostTextSource]: GhostTextSource[K] };
let settings: { -readonly [K in keyof ProviderSettings]: ProviderSettings[K] };
let provider: GhostTextProvider;

beforeEach(() => {
  resetFake();
  asked = [];
  followed = [];
  warmed = [];
  signals = [];
  answer = () => Promise.resolve({ text: 'foo(a);', confidence: 1, alternatives: [] });
  client = {
    canSuggest: true,
    revision: 1,
    follow: (document) => void followed.push(document),
    warm: (text) => void warmed.push(text),
    suggest: (request, signal) => {
      asked.push(request);
      signals.push(signal!);
      return answer(request);
    },
  };
  settings = {
    temperature: 0.3,
    maxLength: 80,
    delay: 0,
    eagerness: 'balanced',
    isSnoozed: false,
    isEnabled: (language) => language !== 'markdown',
  };
  provider = new GhostTextProvider(client, () => settings);
});

async function provide(scene: Scene, languageId = 'c') {
  const { prefix, suffix } = atCursor(scene.text);
  const document = documentOf(prefix + suffix, { languageId, scheme: scene.scheme, eol: scene.eol });
  const editor = {
    document,
    selections: scene.selections ?? [{ isEmpty: true }],
    options: scene.options ?? { insertSpaces: false, tabSize: 8 },
  };
  fake.activeTextEditor = editor;
  fake.visibleTextEditors = [editor];
  const before = prefix.split('\n');
  const position = { line: before.length - 1, character: before.at(-1)!.length } as vscode.Position;
  const context = {
    triggerKind: scene.triggerKind ?? automatic,
    selectedCompletionInfo: scene.selectedCompletionInfo,
  } as vscode.InlineCompletionContext;
  const token = scene.token ?? new Token();
  const items = await provider.provideInlineCompletionItems(document, position, context, token);
  return items.map(({ insertText, range }) => {
    expect([range?.start, range?.end]).toEqual(
      scene.selectedCompletionInfo
        ? [scene.selectedCompletionInfo.range.start, scene.selectedCompletionInfo.range.end]
        : [position, position],
    );
    return insertText;
  });
}

describe('ghost text', () => {
  it('rests while snoozed, but for what is asked for by hand', async () => {
    settings = { ...settings, isSnoozed: true };
    expect(await provide({ text: 'x = |' })).toEqual([]);
    expect(asked).toEqual([]);
    const byHand = invoke;
    expect(await provide({ text: 'x = |', triggerKind: byHand })).toEqual(['foo(a);']);
  });

  it('is counted once while it is typed, and what is taken says where it stands', async () => {
    const shown: string[] = [];
    provider = new GhostTextProvider(client, () => settings, {
      noteShown: (language) => shown.push(language),
    });
    expect(await provide({ text: 'x = |' })).toEqual(['foo(a);']);
    expect(await provide({ text: 'x = fo|' })).toEqual(['o(a);']);
    expect(shown).toEqual(['c']);
    const document = documentOf('x = \r\n', { eol: 2 as vscode.EndOfLine });
    answer = () => Promise.resolve({ text: 'a\nb', confidence: 1, alternatives: ['c'] });
    const items = await provider.provideInlineCompletionItems(
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
    answer = () => {
      cancelled.cancel();
      return Promise.resolve({ text: 'd', confidence: 1, alternatives: [] });
    };
    expect(await provide({ text: 'y = |', token: cancelled })).toEqual([]);
    expect(shown).toHaveLength(2);
  });

  it('is what the worker suggests', async () => {
    expect(await provide({ text: 'a\nx = |)\nb\nc\nd' })).toEqual(['foo(a);']);
    expect(asked).toEqual([
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
    answer = () => Promise.resolve({ text: '\n\tb;\n}', confidence: 1, alternatives: [] });
    expect(await provide({ text: 'if (a) {|', eol: 2 })).toEqual(['\r\n\tb;\r\n}']);
  });

  it('says at the worker when it was asked for by hand', async () => {
    await provide({ text: 'x = |', triggerKind: invoke });
    expect(asked[0].explicit).toBe(true);
  });

  it('begins with the item that is selected in the suggestion list, and replaces what that replaces', async () => {
    answer = () => Promise.resolve({ text: 'ntf(a);', confidence: 1, alternatives: [] });
    const selectedCompletionInfo = { text: 'printf', range: rangeOn(1, 2, 5) };
    expect(await provide({ text: 'a\nx pri|)\nb', selectedCompletionInfo })).toEqual(['printf(a);']);
    expect(asked[0]).toMatchObject({ prefix: 'a\nx pri', beginning: 'ntf', suffix: ')\nb', offset: 7 });
  });

  it('stays while the list opens on its first word, and when it closes again', async () => {
    await provide({ text: 'x = |' });
    const selectedCompletionInfo = { text: 'foo', range: rangeOn(0, 4, 5) };
    expect(await provide({ text: 'x = f|', selectedCompletionInfo })).toEqual(['foo(a);']);
    expect(await provide({ text: 'x = fo|' })).toEqual(['o(a);']);
    expect(asked.length).toBe(1);
    const other = { text: 'format', range: rangeOn(0, 4, 6) };
    await provide({ text: 'x = fo|', selectedCompletionInfo: other });
    expect(asked.slice(1)).toMatchObject([{ prefix: 'x = fo', beginning: 'rmat' }]);
  });

  it('comes in the middle of a line, too', async () => {
    expect(await provide({ text: 'x = | + 1;' })).toEqual(['foo(a);']);
    answer = () => Promise.resolve({ text: 'ntf(a);', confidence: 1, alternatives: [] });
    const selectedCompletionInfo = { text: 'printf', range: rangeOn(0, 0, 4) };
    expect(await provide({ text: 'pri|xx', selectedCompletionInfo })).toEqual(['printf(a);']);
    expect(asked).toMatchObject([
      { prefix: 'x = ', suffix: ' + 1;' },
      { prefix: 'pri', beginning: 'ntf', suffix: 'x' },
    ]);
  });

  it('comes at several cursors that have the same text behind them', async () => {
    const selections = [cursorAt(0, 4), cursorAt(1, 4)];
    expect(await provide({ text: 'x = |;\ny = ;', selections })).toEqual(['foo(a);']);
  });

  it('is nothing when the worker has nothing', async () => {
    answer = () => Promise.resolve(undefined);
    expect(await provide({ text: 'x = |' })).toEqual([]);
  });
});

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
    expect(followed).toEqual(['/a.c', '/b.c', '/n.ipynb']);
  });

  it('knows a cell as a part of its notebook', async () => {
    const cell = (text: string) => documentOf(text, { scheme: 'vscode-notebook-cell' });
    const cells = [cell('a = 1'), cell('b = ')];
    fake.notebookDocuments = [notebookOf('/n.ipynb', cells)];
    const context = { triggerKind: automatic, selectedCompletionInfo: undefined };
    const position = { line: 0, character: 4 } as vscode.Position;
    await provider.provideInlineCompletionItems(cells[1], position, context, new Token());
    expect(followed).toEqual(['/n.ipynb']);
    expect(asked).toMatchObject([{ document: '/n.ipynb', prefix: 'a = 1\nb = ', offset: 10 }]);
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
      expect(asked).toEqual([]);
    });
  }

  it('where there is neither a model nor a memory', async () => {
    client.canSuggest = false;
    expect(await provide({ text: 'x = |' })).toEqual([]);
    expect([asked, followed]).toEqual([[], []]);
  });

  it('in a language that is off', async () => {
    expect(await provide({ text: 'x = |' }, 'markdown')).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('after a change', () => {
  const note = (
    offset: number,
    removed: number,
    inserted: string,
    reason?: vscode.TextDocumentChangeReason,
  ) =>
    provider.noteChange(
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
    expect(asked).toEqual([]);
    expect(await provide({ text: 'x = |', triggerKind: invoke })).toEqual(['foo(a);']);
    note(3, 0, ' ');
    expect(await provide({ text: 'x = |' })).toEqual(['foo(a);']);
  });

  it('that was undone it is not suggested again', async () => {
    note(4, 0, 'foo(a);');
    note(4, 7, '', undo);
    note(4, 0, 'f');
    answer = () => Promise.resolve({ text: 'oo(a);', confidence: 1, alternatives: [] });
    expect(await provide({ text: 'x = f|' })).toEqual([]);
    expect(await provide({ text: 'x = f|', triggerKind: invoke })).toEqual(['oo(a);']);
  });
});

describe('cancellation', () => {
  it('ends the wait before the worker is asked', async () => {
    settings.delay = 60_000;
    const token = new Token();
    const items = provide({ text: 'x = |', token });
    token.cancel();
    expect(await items).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('reaches the worker, and what it says then is not shown', async () => {
    const token = new Token();
    answer = () => {
      token.cancel();
      return Promise.resolve({ text: 'foo', confidence: 1, alternatives: [] });
    };
    expect(await provide({ text: 'x = |', token })).toEqual([]);
    expect(signals[0].aborted).toBe(true);
    expect(token.listenerCount).toBe(0);
    answer = () => Promise.resolve({ text: 'bar', confidence: 1, alternatives: [] });
    expect(await provide({ text: 'x = |' })).toEqual(['bar']);
  });

  it('an automatic request waits for the delay, one by hand does not', async () => {
    settings.delay = 5;
    expect(await provide({ text: 'x = |' })).toEqual(['foo(a);']);
    settings.delay = 60_000;
    expect(await provide({ text: 'y = |', triggerKind: invoke })).toEqual(['foo(a);']);
  });
});

describe('with a delay', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    settings.delay = 500;
  });
  afterEach(() => void vi.useRealTimers());

  const type = (offset: number) => provider.noteChange('/a.c', [{ offset, removed: 0, inserted: 'f' }]);

  it('nothing is suggested before a pause as long as that since the last change', async () => {
    type(3);
    vi.advanceTimersByTime(400);
    const items = provide({ text: 'x = |' });
    await vi.advanceTimersByTimeAsync(99);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked.length).toBe(1);
    expect(await items).toEqual(['foo(a);']);
  });

  it('what is shown stays while it is typed, without another pause', async () => {
    expect(await provide({ text: 'x = |', triggerKind: invoke })).toEqual(['foo(a);']);
    type(4);
    expect(await provide({ text: 'x = f|' })).toEqual(['oo(a);']);
  });

  it('what is asked for after the pause comes at once', async () => {
    type(3);
    vi.advanceTimersByTime(500);
    expect(await provide({ text: 'x = |' })).toEqual(['foo(a);']);
  });
});

describe('typing along', () => {
  it('keeps the suggestion without asking again', async () => {
    await provide({ text: 'x = |' });
    expect(await provide({ text: 'x = f|' })).toEqual(['oo(a);']);
    expect(await provide({ text: 'x = foo(|)' })).toEqual(['a']);
    expect(asked.length).toBe(1);
  });

  for (const { name, change } of [
    { name: 'the temperature', change: () => (settings.temperature = 1) },
    { name: 'the largest length', change: () => (settings.maxLength = 5) },
    { name: 'the model', change: () => client.revision++ },
  ]) {
    it(`asks again after a change of ${name}`, async () => {
      await provide({ text: 'x = |' });
      change();
      await provide({ text: 'x = f|' });
      expect(asked.length).toBe(2);
    });
  }

  it('asks again when asked by hand', async () => {
    await provide({ text: 'x = |' });
    await provide({ text: 'x = f|', triggerKind: invoke });
    expect(asked.length).toBe(2);
  });
});

describe('text that was hidden by hand', () => {
  const HIDE = 'editor.action.inlineSuggest.hide';
  const hide = async (): Promise<void> => fake.commands.get(HIDE)?.();
  let hidden: number;

  beforeEach(() => {
    hidden = 0;
    fake.ownCommands.set(HIDE, () => Promise.resolve(void hidden++));
  });

  it('is hidden by VS Code, as often as asked', async () => {
    await provide({ text: 'x = |' });
    await hide();
    await hide();
    expect(hidden).toBe(2);
  });

  it('stays away while its characters are typed', async () => {
    await provide({ text: 'x = |' });
    await provide({ text: 'x = f|' });
    await hide();
    answer = () => Promise.resolve({ text: 'o(a);', confidence: 1, alternatives: [] });
    expect(await provide({ text: 'x = fo|' })).toEqual([]);
    answer = () => Promise.resolve({ text: 'oo(b);', confidence: 1, alternatives: [] });
    expect(await provide({ text: 'x = f|' })).toEqual([]);
  });

  it('comes back when asked for by hand', async () => {
    await provide({ text: 'x = |' });
    await hide();
    expect(await provide({ text: 'x = |', triggerKind: invoke })).toEqual(['foo(a);']);
    expect(await provide({ text: 'x = |' })).toEqual(['foo(a);']);
  });

  it('keeps no other text away', async () => {
    await provide({ text: 'x = |' });
    await hide();
    expect(await provide({ text: 'x = g|' })).toEqual(['foo(a);']);
    expect(await provide({ text: 'y = |' })).toEqual(['foo(a);']);
  });

  it('is not ours where nothing was shown', async () => {
    await provide({ text: 'x = |' });
    answer = () => Promise.resolve(undefined);
    await provide({ text: 'x = y|' });
    await hide();
    answer = () => Promise.resolve({ text: 'foo(a);', confidence: 1, alternatives: [] });
    expect(await provide({ text: 'x = |' })).toEqual(['foo(a);']);
  });

  it('comes back where another extension has taken the command', async () => {
    let others = 0;
    fake.commands.set(HIDE, () => Promise.resolve(void others++));
    expect(await provide({ text: 'x = |' })).toEqual(['foo(a);']);
    await hide();
    expect(others).toBe(1);
    expect(await provide({ text: 'x = f|' })).toEqual(['oo(a);']);
  });

  it('is left to VS Code once the extension ends', async () => {
    await provide({ text: 'x = |' });
    expect(fake.commands.has(HIDE)).toBe(true);
    provider.dispose();
    expect(fake.commands.has(HIDE)).toBe(false);
  });
});

describe('a cursor that came to another line', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const lines = ['int a;', 'int b;', 'int c;'];
  const moveTo = (line: number, languageId = 'c', isEmpty = true): void => {
    const active = { line, character: 4 } as vscode.Position;
    provider.noteSelection({
      document: documentOf(lines.join('\n'), { languageId }),
      selections: [{ active, isEmpty } as vscode.Selection],
    });
  };

  it('has the text before it read once it rests there', () => {
    moveTo(0);
    vi.advanceTimersByTime(99);
    moveTo(1);
    vi.advanceTimersByTime(99);
    expect(warmed).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(warmed).toEqual([{ document: '/a.c', prefix: 'int a;\nint ', atFileStart: true }]);
    moveTo(1);
    vi.advanceTimersByTime(100);
    expect(warmed.length).toBe(1);
  });

  it('has nothing read where a suggestion is asked for, before or after', async () => {
    moveTo(2);
    await provide({ text: 'int a;\nint |' });
    moveTo(1);
    vi.advanceTimersByTime(1000);
    expect([warmed.length, asked.length]).toEqual([0, 1]);
  });

  it('has nothing read where nothing is suggested', () => {
    moveTo(1, 'markdown');
    vi.advanceTimersByTime(1000);
    moveTo(1, 'c', false);
    vi.advanceTimersByTime(1000);
    client.canSuggest = false;
    moveTo(1);
    vi.advanceTimersByTime(1000);
    expect(warmed).toEqual([]);
  });
});
