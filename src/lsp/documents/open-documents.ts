import type { SuggestionClient, TextChange } from '../../completion/index.ts';
import type { NamedText } from '../../session/index.ts';
import { documentUriOf, fieldsOf, invalidParams } from '../params.ts';
import { OpenDocument, pathOf } from './open-document.ts';
import type { PositionEncoding } from './position-encoding.ts';

/** Hears of the changes of a document after they were made. */
export type ChangeListener = (document: OpenDocument, changes: readonly TextChange[]) => void;

/** The documents that are open in the client, in step with it and with the suggestion worker. */
export class OpenDocuments {
  private readonly client: Pick<SuggestionClient, 'change' | 'forget' | 'resend'>;
  private readonly encoding: PositionEncoding;
  private readonly onChange: ChangeListener;
  private readonly documents = new Map<string, OpenDocument>();

  constructor(
    client: Pick<SuggestionClient, 'change' | 'forget' | 'resend'>,
    encoding: PositionEncoding,
    onChange: ChangeListener,
  ) {
    this.client = client;
    this.encoding = encoding;
    this.onChange = onChange;
  }

  /** The document of a request. @throws ResponseError where it is not open. */
  require(params: unknown): OpenDocument {
    const uri = documentUriOf(params);
    const document = this.documents.get(uri);
    if (!document) throw invalidParams(`The document ${uri} is not open; open it first.`);
    return document;
  }

  /** Texts that are changed and not saved. */
  unsaved(): NamedText[] {
    return [...this.documents.values()].map(({ named }) => named).filter(({ isUnsaved }) => isUnsaved);
  }

  /** `textDocument/didOpen`. @throws ResponseError where the parameters are not the protocol's. */
  open(params: unknown): void {
    const { languageId, text } = fieldsOf(fieldsOf(params)['textDocument']);
    const uri = documentUriOf(params);
    if (typeof text !== 'string') throw invalidParams('textDocument.text must be a text.');
    const language = typeof languageId === 'string' ? languageId : '';
    this.drop(uri);
    const path = pathOf(uri);
    // Clients may write the URI of one file in two ways; each of the documents has a text of its own.
    const isTaken = [...this.documents.values()].some(({ name }) => name === path);
    const name = path === undefined || isTaken ? uri : path;
    this.documents.set(uri, new OpenDocument({ uri, name, languageId: language }, text, this.encoding));
  }

  /** `textDocument/didChange`. @throws ResponseError where it cannot be made. */
  change(params: unknown): void {
    const document = this.require(params);
    const changes = this.applied(document, fieldsOf(params)['contentChanges']);
    if (changes.length === 0) return;
    this.client.change(document.name, changes);
    this.onChange(document, changes);
  }

  /** `textDocument/didSave`. */
  save(params: unknown): OpenDocument {
    const document = this.require(params);
    document.noteSaved();
    return document;
  }

  /** `textDocument/didClose`. */
  close(params: unknown): void {
    this.drop(this.require(params).uri);
  }

  /** The changes that were made, without those that leave the text as it was, which must not count as deletions. */
  private applied(document: OpenDocument, changes: unknown): TextChange[] {
    try {
      return document.apply(changes).filter(({ removed, inserted }) => removed > 0 || inserted !== '');
    } catch (error) {
      // Some of the changes may have been made, which the worker does not know.
      this.client.resend(document.name);
      throw error;
    }
  }

  private drop(uri: string): void {
    const document = this.documents.get(uri);
    if (!document) return;
    this.documents.delete(uri);
    this.client.forget(document.name);
  }
}
