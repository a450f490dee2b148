import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { languageIdOf, type TextChange } from '../../completion/index.ts';
import type { Indentation, NamedText } from '../../session/index.ts';
import { fieldsOf, invalidParams, positionOf, type WirePosition } from '../params.ts';
import { DocumentIndentation } from './document-indentation.ts';
import { fromUnits, type PositionEncoding, toUnits } from './position-encoding.ts';

/** What a document is called. */
export interface DocumentIdentity {
  readonly uri: string;
  /** The path for files, as in the corpus; otherwise the URI. */
  readonly name: string;
  /** As the client names it. */
  readonly languageId: string;
}

/** A document that is open in the client. Positions are in UTF-16 units unless they are the client's. */
export class OpenDocument {
  readonly uri: string;
  readonly name: string;
  readonly languageId: string;
  readonly scheme: string;
  private readonly encoding: PositionEncoding;
  private text: TextDocument;
  private hasChanged = false;
  private readonly indentation: DocumentIndentation;

  constructor({ uri, name, languageId }: DocumentIdentity, text: string, encoding: PositionEncoding) {
    this.uri = uri;
    this.name = name;
    this.scheme = /^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1].toLowerCase() ?? '';
    this.languageId = languageId;
    this.encoding = encoding;
    this.indentation = new DocumentIndentation(pathOf(uri));
    this.text = TextDocument.create(uri, languageId, 0, text);
  }

  get lineCount(): number {
    return this.text.lineCount;
  }

  /** VS Code's name of the language: editors name some in their own way, but the ends of file names are the same. */
  get standardLanguageId(): string {
    return languageIdOf(this.name) ?? this.languageId;
  }

  /** A line without its end, as `surroundingsOf` reads it. */
  lineAt(line: number): { readonly text: string } {
    const text = this.text.getText({
      start: { line, character: 0 },
      end: { line, character: Number.MAX_SAFE_INTEGER },
    });
    return { text: text.replace(/[\r\n]+$/, '') };
  }

  getText(): string {
    return this.text.getText();
  }

  /** Whether its lines end in CR LF, judged by the first. */
  get hasCarriageReturns(): boolean {
    return (
      this.lineCount > 1 &&
      this.text.getText({ start: { line: 0, character: 0 }, end: { line: 1, character: 0 } }).endsWith('\r\n')
    );
  }

  /** The document as the suggestion worker follows it. */
  get named(): NamedText {
    return {
      name: this.name,
      isUnsaved: this.hasChanged,
      length: () => this.text.offsetAt({ line: this.lineCount, character: 0 }),
      text: () => this.getText(),
    };
  }

  /** How the document is indented, as far as it or its neighbours show. */
  get indentedBy(): Indentation {
    return this.indentation.of(() => this.getText());
  }

  /** The document was written to its file. */
  noteSaved(): void {
    this.hasChanged = false;
  }

  /** A position of the client in UTF-16 units. @throws ResponseError where there is no such line. */
  position(value: unknown): WirePosition {
    const { line, character } = positionOf(value);
    if (line >= this.lineCount)
      throw invalidParams(`The document has ${this.lineCount} lines, so there is no line ${line}.`);
    return { line, character: toUnits(this.lineAt(line).text, character, this.encoding) };
  }

  /** A position in UTF-16 units as the client counts. */
  wirePosition({ line, character }: WirePosition): WirePosition {
    return { line, character: fromUnits(this.lineAt(line).text, character, this.encoding) };
  }

  offsetAt(position: WirePosition): number {
    return this.text.offsetAt(position);
  }

  /**
   * Makes the changes of a notification, one after the other.
   * @returns what they change, each in offsets of the text that the one before it left.
   * @throws ResponseError where one is none; those before it are made.
   */
  apply(changes: unknown): TextChange[] {
    if (!Array.isArray(changes)) throw invalidParams('contentChanges must be a list.');
    return changes.map((change: unknown) => this.applyOne(change));
  }

  private applyOne(change: unknown): TextChange {
    const { range, text } = fieldsOf(change);
    if (typeof text !== 'string') throw invalidParams('The text of a change must be a text.');
    this.hasChanged = true;
    this.indentation.noteChange();
    if (range === undefined || range === null) return this.replaceAll(text);
    const [start, end] = [this.edge(fieldsOf(range)['start']), this.edge(fieldsOf(range)['end'])];
    const [offset, behind] = [this.text.offsetAt(start), this.text.offsetAt(end)];
    if (behind < offset) throw invalidParams('A range must not end before it begins.');
    this.text = TextDocument.update(this.text, [{ range: { start, end }, text }], this.text.version + 1);
    return { offset, removed: behind - offset, inserted: text };
  }

  /** An end of a range; behind the last line is the end of the text. */
  private edge(value: unknown): WirePosition {
    const position = positionOf(value);
    return position.line < this.lineCount ? this.position(position) : { line: this.lineCount, character: 0 };
  }

  /** Takes another text as a change of what differs, as clients send it that know no ranges. */
  private replaceAll(text: string): TextChange {
    const before = this.getText();
    this.text = TextDocument.update(this.text, [{ text }], this.text.version + 1);
    const shorter = Math.min(before.length, text.length);
    let start = 0;
    while (start < shorter && before[start] === text[start]) start++;
    let end = 0;
    while (end < shorter - start && before.at(-1 - end) === text.at(-1 - end)) end++;
    return {
      offset: start,
      removed: before.length - end - start,
      inserted: text.slice(start, text.length - end),
    };
  }
}

/** The path of a file's URI, the same with and without a slash at its end; undefined for other URIs. */
export function pathOf(uri: string): string | undefined {
  if (!/^file:/i.test(uri)) return undefined;
  try {
    const file = path.resolve(fileURLToPath(uri));
    return file.includes('\0') ? undefined : file;
  } catch {
    // A host that is not this one, or a sign that no path has.
    return undefined;
  }
}
