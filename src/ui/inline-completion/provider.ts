import * as vscode from 'vscode';
import type { SuggestionClient, SuggestionRequest, TextChange } from '../../completion/index.ts';
import { SuggestionFlow, type SuggestionSettings, type SuggestionSource } from '../../session/index.ts';
import { editorTextOf, isWritten, nameOf, unsavedTexts } from './editor-text.ts';
import { HideCommand } from './hide-command.ts';
import { type AcceptedSuggestion, SUGGESTION_TAKEN, type SuggestionObserver } from './observer.ts';

/** What the provider needs of the client. */
export type GhostTextSource = SuggestionSource & Pick<SuggestionClient, 'warm'>;

/** The settings of one request; they are read at every request, so that a change applies to the next key. */
export interface ProviderSettings extends SuggestionSettings {
  isEnabled(languageId: string): boolean;
}

/** How long the cursor rests on another line before the text there is read ahead. */
const WARM_AFTER_MS = 100;

/** VS Code's inline completion provider: text around the cursor in, ghost text out. */
export class GhostTextProvider implements vscode.InlineCompletionItemProvider, vscode.Disposable {
  private readonly client: GhostTextSource;
  private readonly settings: () => ProviderSettings;
  private readonly observer: SuggestionObserver | undefined;
  private readonly flow: SuggestionFlow;
  private readonly hideCommand = new HideCommand(() => this.dismiss());
  /** Whether the last answer was a text, so that what is hidden by hand is that. */
  private isShowing = false;
  /** Document and line that the worker read last, for a request or ahead of one. */
  private lastLine: string | undefined;
  private warming: ReturnType<typeof setTimeout> | undefined;

  constructor(client: GhostTextSource, settings: () => ProviderSettings, observer?: SuggestionObserver) {
    this.client = client;
    this.flow = new SuggestionFlow(client);
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
    this.flow.noteChange(name, changes);
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
    const text = editorTextOf(document);
    if (!explicit && !this.flow.isWelcome(text.name, settings)) return [];
    const editor = editorOf(document);
    if (editor && !isSuggestedAt(editor.selections, document)) return [];
    const insertion = insertionOf(document, position, context);
    if (!insertion) return [];

    this.lastLine = lineOf(document, position);
    const cursor = {
      text,
      surroundings: text.surroundings(position, insertion.range.end.character),
      offset: text.start + document.offsetAt(position),
      beginning: insertion.beginning,
      languageId: document.languageId,
      indentation: indentationOf(editor),
      explicit,
    };
    const controller = new AbortController();
    const subscription = token.onCancellationRequested(() => controller.abort());
    const onShown = (): void => this.observer?.noteShown(document.languageId);
    try {
      const texts = await this.flow.textsFor(cursor, settings, controller.signal, unsavedTexts, onShown);
      return texts.map((shown) => itemOf(shown, document, insertion));
    } finally {
      subscription.dispose();
    }
  }

  /** The user hid what is shown. */
  private dismiss(): void {
    if (this.isShowing) this.flow.dismiss();
    this.isShowing = false;
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
