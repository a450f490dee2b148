import { indentationOf } from './indentation.ts';

const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** A bracket that is open, by what closes it. */
export interface OpenBracket {
  readonly closer: string;
  /** Columns of white space before the line that opened it. */
  readonly indentation: number;
}

/** Strings that end on their line, and brackets. */
const token = /"(?:\\.|[^"\\])*"?|(?<![\p{L}\p{N}_])[bfru]{0,2}'(?:\\.|[^'\\])*'?|`[^`]*`?|[()[\]{}]/giu;
const anyBracket = /[()[\]{}]/;
const comment = /^\s*(?:\/\/|\/?\*|#|--|%|;)/;

/**
 * The brackets that are open behind whole lines, the innermost last. Comments are not looked at, strings end with
 * their line, and what was opened within a bracket ends with it.
 * @param before what was open before them.
 */
export function openBracketsIn(
  lines: readonly string[],
  tabSize: number,
  before: readonly OpenBracket[] = [],
): OpenBracket[] {
  const open = [...before];
  for (const line of lines) {
    if (!anyBracket.test(line) || comment.test(line)) continue;
    const indentation = indentationOf(line, tabSize);
    for (const [found] of line.matchAll(token)) {
      if (found in closerOf) open.push({ closer: closerOf[found], indentation });
      const opening = ')]}'.includes(found) ? open.findLastIndex(({ closer }) => closer === found) : -1;
      if (opening >= 0) open.length = opening;
    }
  }
  return open;
}

/** Letters that may stand before a string in the languages that have such marks, as in Python's f'…'. */
const stringMark = /(?:^|[^\p{L}\p{N}_])[bfru]{1,2}$/iu;

/**
 * Follows brackets and strings through code it knows no grammar of: brackets inside quotes do not count, an
 * apostrophe within a word opens nothing, and a string ends with its line unless it is in back quotes.
 */
export class BracketReader {
  /** Closing brackets due, the innermost last. */
  private due: string[];
  private quote = '';
  private lengthInQuote = 0;
  private isEscaped = false;
  private word = '';

  /** @param open brackets that are open where reading begins. */
  constructor(open: readonly OpenBracket[] = []) {
    this.due = open.map(({ closer }) => closer);
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
    return this.lengthInQuote;
  }

  /** Whether `character` is a closing bracket that closes nothing read so far. */
  isUnmatched(character: string): boolean {
    return this.quote === '' && ')]}'.includes(character) && this.due.at(-1) !== character;
  }

  /** Whether `character` closes the innermost bracket. */
  closes(character: string): boolean {
    return this.quote === '' && this.due.at(-1) === character;
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
    const copy = new BracketReader();
    copy.due = [...this.due];
    copy.quote = this.quote;
    copy.lengthInQuote = this.lengthInQuote;
    copy.isEscaped = this.isEscaped;
    copy.word = this.word;
    return copy;
  }

  private readCharacter(character: string): void {
    if (character === '\n' && this.quote !== '`') this.quote = '';
    this.lengthInQuote = this.quote === '' ? 0 : this.lengthInQuote + 1;
    if (this.quote !== '') {
      if (this.endsString(character)) this.quote = '';
      this.isEscaped = character === '\\' && !this.isEscaped;
      this.word = '';
      return;
    }
    if (this.opensString(character)) this.quote = character;
    else if (character in closerOf) this.due.push(closerOf[character]);
    else if (this.closes(character)) this.due.pop();
    this.isEscaped = false;
    this.word = /[\p{L}\p{N}_]/u.test(character) ? this.word + character : '';
  }

  private opensString(character: string): boolean {
    if (character === "'") return this.word === '' || stringMark.test(this.word);
    return character === '"' || character === '`';
  }
}
