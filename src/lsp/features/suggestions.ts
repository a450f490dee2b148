import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  type InlineCompletionItem,
  InlineCompletionTriggerKind,
} from 'vscode-languageserver/node';
import { surroundingsOf, type SuggestionClient } from '../../completion/index.ts';
import { isEnabledFor, isWrittenScheme, SuggestionFlow } from '../../session/index.ts';
import { abortedBy } from '../abort.ts';
import type { OpenDocument } from '../documents/open-document.ts';
import type { OpenDocuments } from '../documents/open-documents.ts';
import { fieldsOf, type WirePosition } from '../params.ts';
import type { ServerSettings } from '../settings/server-settings.ts';

/** Characters of a suggestion that its item shows in a list. */
const MAX_LABEL_LENGTH = 60;
/** UTF-16 units before the cursor in which the begun word is looked for; on a line of data it could take minutes. */
const MAX_WORD_LENGTH = 200;

/** A cursor at which texts are to be suggested, in UTF-16 units. */
interface Cursor {
  readonly position: WirePosition;
  /** What is replaced, on the cursor's line. */
  readonly range: { readonly start: WirePosition; readonly end: WirePosition };
  /** What a suggestion must begin with behind the cursor. */
  readonly beginning: string;
  readonly explicit: boolean;
}

/** Answers `textDocument/inlineCompletion` and `textDocument/completion`. */
export class SuggestionFeature {
  readonly flow: SuggestionFlow;
  private readonly documents: OpenDocuments;
  private readonly settings: ServerSettings;

  constructor(client: SuggestionClient, documents: OpenDocuments, settings: ServerSettings) {
    this.flow = new SuggestionFlow(client);
    this.documents = documents;
    this.settings = settings;
  }

  /** @throws ResponseError where the parameters are not the protocol's, or the document is not open. */
  async inlineCompletions(params: unknown, token: CancellationToken): Promise<InlineCompletionItem[]> {
    const document = this.documents.require(params);
    const position = document.position(fieldsOf(params)['position']);
    const { triggerKind, selectedCompletionInfo } = fieldsOf(fieldsOf(params)['context']);
    const cursor = cursorAt(document, position, selectedCompletionInfo);
    if (!cursor) return [];
    const explicit = triggerKind === InlineCompletionTriggerKind.Invoked;
    const texts = await this.textsAt(document, { ...cursor, explicit }, token);
    const typed = document.lineAt(position.line).text.slice(cursor.range.start.character, position.character);
    const range = {
      start: document.wirePosition(cursor.range.start),
      end: document.wirePosition(cursor.range.end),
    };
    return texts.map((text) => ({ insertText: typed + text, range }));
  }

  /** The same texts as items of a list. @throws ResponseError as above. */
  async completions(params: unknown, token: CancellationToken): Promise<CompletionItem[]> {
    const document = this.documents.require(params);
    const position = document.position(fieldsOf(params)['position']);
    const cursor = { ...plainCursor(position), explicit: true };
    const line = document.lineAt(position.line).text.slice(0, position.character);
    const [word] = /[\p{L}\p{N}_$]*$/u.exec(line.slice(-MAX_WORD_LENGTH)) ?? [''];
    const start = { line: position.line, character: position.character - word.length };
    const range = { start: document.wirePosition(start), end: document.wirePosition(position) };
    const texts = await this.textsAt(document, cursor, token);
    return texts.map((text, index) => ({
      label: labelOf(word + text),
      kind: CompletionItemKind.Text,
      detail: 'Char-RNN',
      // The client filters by what stands there, and sorts by this.
      filterText: word + text,
      sortText: `\0${index}`,
      textEdit: { range, newText: word + text },
    }));
  }

  /** The texts at a cursor in the document's line ends. */
  private async textsAt(
    document: OpenDocument,
    { position, range, beginning, explicit }: Cursor,
    token: CancellationToken,
  ): Promise<string[]> {
    const { get } = this.settings;
    const languageId = document.standardLanguageId;
    const enabled = get('charRnn.suggestions.enabled');
    const named = Object.hasOwn(enabled, document.languageId) ? document.languageId : languageId;
    if (!isEnabledFor(enabled, named) || !isWrittenScheme(document.scheme)) return [];
    const cursor = {
      text: document.named,
      surroundings: surroundingsOf(document, position, range.end.character),
      offset: document.offsetAt(position),
      beginning,
      languageId,
      indentation: document.indentedBy,
      explicit,
    };
    const settings = {
      temperature: get('charRnn.temperature'),
      maxLength: get('charRnn.suggestions.maxLength'),
      delay: get('charRnn.suggestions.delay'),
      eagerness: get('charRnn.suggestions.eagerness'),
      isSnoozed: false,
    };
    const texts = await this.flow.textsFor(cursor, settings, abortedBy(token), () =>
      this.documents.unsaved(),
    );
    return document.hasCarriageReturns ? texts.map((text) => text.replaceAll('\n', '\r\n')) : [...texts];
  }
}

/**
 * Where a suggestion is inserted: at the cursor or, while the client's list is open, where its selected item is.
 * @returns undefined where nothing can be shown: only what begins with the selected item is.
 */
function cursorAt(
  document: OpenDocument,
  position: WirePosition,
  selected: unknown,
): Omit<Cursor, 'explicit'> | undefined {
  const { range, text } = fieldsOf(selected);
  if (typeof text !== 'string') return plainCursor(position);
  const [start, end] = [
    document.position(fieldsOf(range)['start']),
    document.position(fieldsOf(range)['end']),
  ];
  if (start.line !== position.line || end.line !== position.line) return undefined;
  if (start.character > position.character || end.character < position.character) return undefined;
  const typed = document.lineAt(position.line).text.slice(start.character, position.character);
  if (!text.startsWith(typed)) return undefined;
  return { position, range: { start, end }, beginning: text.slice(typed.length) };
}

function plainCursor(position: WirePosition): Omit<Cursor, 'explicit'> {
  return { position, range: { start: position, end: position }, beginning: '' };
}

function labelOf(text: string): string {
  const [line] = text.trim().split('\n');
  const label = line.length < text.trim().length ? `${line.trimEnd()}…` : line;
  return label.length > MAX_LABEL_LENGTH ? `${label.slice(0, MAX_LABEL_LENGTH)}…` : label;
}
