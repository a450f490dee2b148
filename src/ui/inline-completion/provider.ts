import * as vscode from 'vscode';
import { DismissedText, TypedThrough } from '../../completion/index.ts';
import type {
  Eagerness,
  Suggestion,
  SuggestionClient,
  SuggestionRequest,
  TextChange,
} from '../../completion/index.ts';
import { sleep } from '../../common/sleep.ts';
import { RecentChanges } from '../../session/index.ts';
import { editorTextOf, isWritten, nameOf, unsavedTexts } from './editor-text.ts';
import { HideCommand } from './hide-command.ts';
import { type AcceptedSuggestion, SUGGESTION_TAKEN, type SuggestionObserver } from './observer.ts';

/** What the provider needs of the client. */
export type SuggestionSource = Pick<
  SuggestionClient,
  'canSuggest' | 'revision' | 'follow' | 'suggest' | 'warm'
>;

/** The settings of one request; they are read at every request, so that a change applies to the next key. */
export interface ProviderSettings {
  readonly temperature: number;
  readonly maxLength: number;
  /** Milliseconds without a change before anything is suggested that was not asked for by hand. */
  readonly delay: number;
  readonly eagerness: Eagerness;
  /** Whether only what is asked for by hand is suggested. */
  readonly isSnoozed: boolean;
  isEnabled(languageId: string): boolean;
}

/** How long the cursor rests on another line before the text there is read ahead. */
const WARM_AFTER_MS = 100;

/** VS Code's inline completion provider: text around the cursor in, ghost text out. */
export class GhostTextProvider implements vscode.InlineCompletionItemProvider, vscode.Disposable {
  private readonly client: SuggestionSource;
  private readonly settings: () => ProviderSettings;
  private readonly observer: SuggestionObserver | undefined;
  private readonly typedThrough = new TypedThrough();
  private readonly recent = new RecentChanges();
  private readonly dismissed = new DismissedText();
  private readonly hideCommand = new HideCommand(() => this.dismiss());
  /** Whether the last answer was a text, so that what is hidden by hand is that. */
  private isShowing = false;
  /** When a document changed last, or suggestions began, in ms of `performance.now()`. */
  private changedAt = performance.now();
  /** Document and line that the worker read last, for a request or ahead of one. */
  private lastLine: string | undefined;
  private warming: ReturnType<typeof setTimeout> | undefined;

  constructor(client: SuggestionSource, settings: () => ProviderSettings, observer?: SuggestionObserver) {
    this.client = client;
    this.settings = settings;
    this.observer = observer;
  }

  /** Answers at once, without asking the worker, wherever nothing may be suggested. */
  async provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[]> {
    const items = await this.itemsAt(document, position, context, token);
    if (token.isCancellationRequested) return [];
    this.isShowing = items.length > 0;
    if (this.isShowing) this.hideCommand.register();
    return items;
  }

  dispose(): void {
    clearTimeout(this.warming);
    this.hideCommand.dispose();
  }

  /**
   * Records the changes of one event. VS Code reports them before it requests a suggestion there.
   * @param name of the text, as in `EditorText`
   */
  noteChange(name: string, changes: readonly TextChange[]): void {
    this.changedAt = performance.now();
    this.recent.note(name, changes);
  }

  /** When the cursor rests on another line, makes the worker read the text before it ahead of a request. */
  noteSelection({ document, selections }: Pick<vscode.TextEditor, 'document' | 'selections'>): void {
    clearTimeout(this.warming);
    const [{ active, isEmpty }] = selections;
    if (!this.client.canSuggest || selections.length !== 1 || !isEmpty) return;
    if (!isWrittenIn(document, this.settings()) || lineOf(document, active) === this.lastLine) return;
    this.warming = setTimeout(() => {
      // If the text has changed since, VS Code reports the selection again.
      if (document.isClosed || active.line >= document.lineCount) return;
      this.lastLine = lineOf(document, active);
      const { name, surroundings } = editorTextOf(document);
      const { prefix, atFileStart } = surroundings(active);
      this.client.warm({ document: name, prefix, atFileStart });
    }, WARM_AFTER_MS);
  }

  private async itemsAt(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[]> {
    clearTimeout(this.warming);
    if (!this.client.canSuggest || token.isCancellationRequested) return [];
    const settings = this.settings();
    if (!isWrittenIn(document, settings)) return [];
    const explicit = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
    if (!explicit && settings.isSnoozed) return [];
    const text = editorTextOf(document);
    if (!explicit && this.recent.isQuiet(text.name)) return [];
    const editor = editorOf(document);
    if (editor && !isSuggestedAt(editor.selections, document)) return [];
    const insertion = insertionOf(document, position, context);
    if (!insertion) return [];

    this.lastLine = lineOf(document, position);
    const request: SuggestionRequest = {
      document: text.name,
      ...text.surroundings(position, insertion.range.end.character),
      offset: text.start + document.offsetAt(position),
      beginning: insertion.beginning,
      languageId: document.languageId,
      indentation: indentationOf(editor),
      temperature: settings.temperature,
      seed: 0,
      maxLength: settings.maxLength,
      eagerness: settings.eagerness,
      explicit,
    };
    const question = { request, revision: this.client.revision };
    const remainder = explicit ? undefined : this.typedThrough.remainderFor(question);
    if (remainder !== undefined) return [itemOf(remainder, document, insertion)];

    this.client.follow(text.name, text);
    const pause = performance.now() - this.changedAt;
    const delay = explicit ? 0 : Math.min(settings.delay, settings.delay - pause);
    const pending = this.ask(request, delay, token);
    // Behind the question, which need not wait for what other documents hold.
    for (const unsaved of unsavedTexts()) this.client.follow(unsaved.name, unsaved);
    const suggestion = await pending;
    if (suggestion === undefined) return [];
    const { text: first, alternatives } = suggestion;
    if (explicit) this.dismissed.allow();
    else if (this.recent.isUndone(text.name, first) || this.dismissed.covers(request, first)) return [];
    this.typedThrough.show(question, first);
    if (!token.isCancellationRequested) this.observer?.noteShown(document.languageId);
    return [first, ...alternatives].map((shown) => itemOf(shown, document, insertion));
  }

  /** The user hid what is shown. */
  private dismiss(): void {
    const shown = this.isShowing ? this.typedThrough.take() : undefined;
    this.isShowing = false;
    if (shown) this.dismissed.dismiss(shown.request, shown.text);
  }

  private async ask(
    request: SuggestionRequest,
    delay: number,
    token: vscode.CancellationToken,
  ): Promise<Suggestion | undefined> {
    const controller = new AbortController();
    const subscription = token.onCancellationRequested(() => controller.abort());
    try {
      if (delay > 0) await sleep(delay, controller.signal);
      if (controller.signal.aborted) return undefined;
      const suggestion = await this.client.suggest(request, controller.signal);
      return controller.signal.aborted ? undefined : suggestion;
    } finally {
      subscription.dispose();
    }
  }
}

/**
 * Whether anything may be suggested with these selections: at one cursor, or at several with the same text behind them
 * on their lines. VS Code asks for the first and inserts what is accepted at all of them.
 */
function isSuggestedAt(
  selections: readonly Pick<vscode.Selection, 'isEmpty' | 'active'>[],
  document: vscode.TextDocument,
): boolean {
  if (!selections.every(({ isEmpty }) => isEmpty)) return false;
  if (selections.length === 1) return true;
  const rests = selections.map(({ active }) => document.lineAt(active.line).text.slice(active.character));
  return rests.every((rest) => rest === rests[0]);
}

function isWrittenIn(document: vscode.TextDocument, settings: ProviderSettings): boolean {
  return isWritten(document.uri) && settings.isEnabled(document.languageId);
}

function lineOf({ uri }: vscode.TextDocument, { line }: vscode.Position): string {
  return `${line} ${uri.toString()}`;
}

function editorOf(document: vscode.TextDocument): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  if (activeTextEditor?.document === document) return activeTextEditor;
  return visibleTextEditors.find((editor) => editor.document === document);
}

function indentationOf(editor: vscode.TextEditor | undefined): SuggestionRequest['indentation'] {
  const { insertSpaces, tabSize } = editor?.options ?? {};
  return { insertSpaces: insertSpaces !== false, tabSize: typeof tabSize === 'number' ? tabSize : 4 };
}

/** Where a suggestion is inserted: at the cursor or, while the editor's list is open, where its selected item is. */
interface Insertion {
  /** What is replaced. */
  readonly range: vscode.Range;
  /** What stands there before the cursor. */
  readonly typed: string;
  /** What the selected item goes on with. */
  readonly beginning: string;
}

/** Undefined where nothing can be shown: while the list is open, only what begins with its selected item is. */
function insertionOf(
  document: vscode.TextDocument,
  position: vscode.Position,
  { selectedCompletionInfo }: vscode.InlineCompletionContext,
): Insertion | undefined {
  if (!selectedCompletionInfo)
    return { range: new vscode.Range(position, position), typed: '', beginning: '' };
  const { range, text } = selectedCompletionInfo;
  if (!range.isSingleLine) return undefined;
  const typed = document.lineAt(position.line).text.slice(range.start.character, position.character);
  return text.startsWith(typed) ? { range, typed, beginning: text.slice(typed.length) } : undefined;
}

function itemOf(
  text: string,
  document: vscode.TextDocument,
  insertion: Insertion,
): vscode.InlineCompletionItem {
  const ghost = document.eol === vscode.EndOfLine.CRLF ? text.replaceAll('\n', '\r\n') : text;
  const taken: AcceptedSuggestion = {
    document: nameOf(document),
    language: document.languageId,
    start: document.offsetAt(insertion.range.start) + insertion.typed.length,
    text: ghost,
  };
  const command = { title: '', command: SUGGESTION_TAKEN, arguments: [taken] };
  return new vscode.InlineCompletionItem(insertion.typed + ghost, insertion.range, command);
}
