import { indentationOf } from './indentation.ts';
import { beginsComment, isCommentLine, syntaxOf, tokenPattern } from './language-syntax.ts';
import type { LanguageSyntax } from './languages.ts';

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** A bracket that is open, by what closes it. */
export interface OpenBracket {
  readonly closer: string;
  /** Columns of white space before the line that opened it. */
  readonly indentation: number;
}

const anyBracket = /[()[\]{}]/;

/**
 * The brackets that are open behind whole lines, the innermost last. Comments are not looked at, strings end with
 * their line, and what was opened within a bracket ends with it.
 * @param before what was open before them.
 */
export function openBracketsIn(
  lines: readonly string[],
  tabSize: number,
  before: readonly OpenBracket[] = [],
  syntax: LanguageSyntax = syntaxOf(undefined),
): OpenBracket[] {
  const open = [...before];
  for (const line of lines) {
    if (!anyBracket.test(line) || isCommentLine(line, syntax)) continue;
    const indentation = indentationOf(line, tabSize);
    for (const [found] of line.matchAll(tokenPattern(syntax))) {
      if (found in CLOSERS) open.push({ closer: CLOSERS[found], indentation });
      const opening = ')]}'.includes(found) ? open.findLastIndex(({ closer }) => closer === found) : -1;
      if (opening >= 0) open.length = opening;
    }
  }
  return open;
}

/** Letters that may stand before a string in the languages that have such marks, as in Python's f'…'. */
const stringMark = /(?:^|[^\p{L}\p{N}_])[bfru]{1,2}$/iu;

/** Of a line, as much as decides what a sign means, in UTF-16 units. */
const MAX_LINE = 8;

/** A comment that is being read. */
interface OpenComment {
  /** What ends it: a line end, or the sign that ends a block. */
  readonly end: string;
  /** Brackets that were open before it, which it cannot close. */
  readonly depth: number;
}

/**
 * Follows brackets, strings and comments through code of which it knows no more grammar: brackets inside quotes do not
 * count, those of a comment end with it, an apostrophe within a word opens nothing, and a string ends with its line
 * unless it is in back quotes.
 */
export class BracketReader {
  private readonly syntax: LanguageSyntax;
  /** Closing brackets due, the innermost last. */
  private due: string[];
  private quote = '';
  private lengthInQuote = 0;
  private isEscaped = false;
  private comment: OpenComment | undefined;
  /** The end of the line so far. */
  private line = '';

  /** @param open brackets that are open where reading begins, at a line's start. */
  constructor(open: readonly OpenBracket[] = [], syntax: LanguageSyntax = syntaxOf(undefined)) {
    this.due = open.map(({ closer }) => closer);
    this.syntax = syntax;
  }

  get depth(): number {
    return this.due.length;
  }

  /** The quote that ends the string being read; empty outside strings. */
  get openQuote(): string {
    return this.quote;
  }

  /** Code points read since `openQuote`; 0 outside strings. */
  get lengthInString(): number {
    return this.quote === '' ? 0 : this.lengthInQuote;
  }

  get isInComment(): boolean {
    return this.comment !== undefined;
  }

  /** Whether `character` is a closing bracket that closes nothing read so far. */
  isUnmatched(character: string): boolean {
    return this.quote === '' && ')]}'.includes(character) && !this.closes(character);
  }

  /** Whether `character` closes the innermost bracket. */
  closes(character: string): boolean {
    return this.quote === '' && this.due.length > (this.comment?.depth ?? 0) && this.due.at(-1) === character;
  }

  /** Whether `character` ends the string being read. */
  endsString(character: string): boolean {
    return this.quote === character && !this.isEscaped;
  }

  read(text: string): this {
    for (const character of text) this.readCharacter(character);
    return this;
  }

  copy(): BracketReader {
    const copy = new BracketReader([], this.syntax);
    copy.due = [...this.due];
    copy.quote = this.quote;
    copy.lengthInQuote = this.lengthInQuote;
    copy.isEscaped = this.isEscaped;
    copy.comment = this.comment;
    copy.line = this.line;
    return copy;
  }

  private readCharacter(character: string): void {
    if (character === '\n') return this.endLine();
    const isQuotedCharacter = this.syntax.hasCharacterQuote && this.line.endsWith("'");
    const opensString = !isQuotedCharacter && this.opensString(character);
    this.line = `${this.line}${character}`.slice(-MAX_LINE);
    if (this.comment) return this.readInComment(character, this.comment);
    if (this.quote !== '') return this.readInString(character);
    if (this.openComment()) return;
    if (opensString) {
      this.quote = character;
      this.lengthInQuote = 0;
      this.isEscaped = false;
    } else if (!isQuotedCharacter) this.readBracket(character);
  }

  private readBracket(character: string): void {
    if (character in CLOSERS) this.due.push(CLOSERS[character]);
    else if (this.closes(character)) this.due.pop();
  }

  private readInString(character: string): void {
    this.lengthInQuote++;
    if (this.endsString(character)) this.quote = '';
    this.isEscaped = character === '\\' && !this.isEscaped;
  }

  private readInComment(character: string, { end, depth }: OpenComment): void {
    if (this.line.endsWith(end)) this.endComment(depth);
    else this.readBracket(character);
  }

  private endLine(): void {
    if (this.comment?.end === '\n') this.endComment(this.comment.depth);
    if (this.quote === '`') this.lengthInQuote++;
    else this.quote = '';
    this.isEscaped = false;
    this.line = '';
  }

  /** Whether a comment begins with what was read last. */
  private openComment(): boolean {
    const { blockComments, lineComments } = this.syntax;
    const block = blockComments.find(([open]) => this.line.endsWith(open));
    if (!block && !lineComments.some((marker) => beginsComment(this.line, marker))) return false;
    // The bracket that the sign of the comment begins with, as in OCaml's, was taken for one.
    if (block && block[0][0] in CLOSERS) this.due.pop();
    this.comment = { end: block?.[1] ?? '\n', depth: this.depth };
    this.line = '';
    return true;
  }

  private endComment(depth: number): void {
    this.due.length = Math.min(this.due.length, depth);
    this.comment = undefined;
    this.line = '';
  }

  private opensString(character: string): boolean {
    if (!this.syntax.quotes.includes(character)) return false;
    return character !== "'" || !/[\p{L}\p{N}_]$/u.test(this.line) || stringMark.test(this.line);
  }
}
