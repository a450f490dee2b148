import { beforeEach, expect } from 'vitest';
import type * as vscode from 'vscode';
import type { Suggestion, SuggestionRequest } from '../../../../src/completion/decode/suggest.ts';
import type { TextBefore } from '../../../../src/completion/predict/predictor.ts';
import {
  GhostTextProvider,
  type GhostTextSource,
  type ProviderSettings,
} from '../../../../src/ui/inline-completion/provider.ts';
import { atCursor } from '../../../completion/cursor.ts';
import { fake, resetFake } from '../../../vscode-fake/index.ts';
import { documentOf } from '../editor-document.ts';

export const invoke = 0 as vscode.InlineCompletionTriggerKind;
export const automatic = 1 as vscode.InlineCompletionTriggerKind;

export class Token implements vscode.CancellationToken {
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

export interface Scene {
  text: string;
  scheme?: string;
  eol?: vscode.EndOfLine;
  selections?: { isEmpty: boolean; active?: { line: number; character: number } }[];
  options?: object;
  selectedCompletionInfo?: { text: string; range: ReturnType<typeof rangeOn> };
  triggerKind?: vscode.InlineCompletionTriggerKind;
  token?: Token;
}

export const cursorAt = (line: number, character: number) => ({ isEmpty: true, active: { line, character } });

export const rangeOn = (line: number, start: number, end: number) => ({
  start: { line, character: start },
  end: { line, character: end },
  isSingleLine: true,
});

/** What a provider is given, and what it did with that. */
interface Given {
  asked: SuggestionRequest[];
  signals: AbortSignal[];
  followed: string[];
  warmed: TextBefore[];
  answer: (request: SuggestionRequest) => Promise<Suggestion | undefined>;
  client: { -readonly [K in keyof GhostTextSource]: GhostTextSource[K] };
  settings: { -readonly [K in keyof ProviderSettings]: ProviderSettings[K] };
  provider: GhostTextProvider;
}

/** What `given` is set to before each test. */
function freshFor(given: Given): Given {
  const client: Given['client'] = {
    canSuggest: true,
    revision: 1,
    follow: (document) => void given.followed.push(document),
    warm: (text) => void given.warmed.push(text),
    suggest: (request, signal) => {
      given.asked.push(request);
      given.signals.push(signal!);
      return given.answer(request);
    },
  };
  return {
    asked: [],
    signals: [],
    followed: [],
    warmed: [],
    answer: () => Promise.resolve({ text: 'foo(a);', confidence: 1, alternatives: [] }),
    client,
    settings: {
      temperature: 0.3,
      maxLength: 80,
      delay: 0,
      eagerness: 'balanced',
      isSnoozed: false,
      isEnabled: (language) => language !== 'markdown',
    },
    provider: new GhostTextProvider(client, () => given.settings),
  };
}

/** A provider that is new before each test of the calling file, as the fake editor is. */
export function providerFixture() {
  const given = {} as Given;
  beforeEach(() => {
    resetFake();
    Object.assign(given, freshFor(given));
  });

  const provide = async (scene: Scene, languageId = 'c') => {
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
    const items = await given.provider.provideInlineCompletionItems(document, position, context, token);
    return items.map(({ insertText, range }) => {
      expect([range?.start, range?.end]).toEqual(
        scene.selectedCompletionInfo
          ? [scene.selectedCompletionInfo.range.start, scene.selectedCompletionInfo.range.end]
          : [position, position],
      );
      return insertText;
    });
  };

  return { given, provide };
}
