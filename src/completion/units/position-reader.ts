import type { TextPosition } from '../../units/index.ts';
import { BracketReader, openBracketsIn, type OpenBracket } from '../text/brackets.ts';
import { columns } from '../text/indentation.ts';
import { syntaxOf } from '../text/language-syntax.ts';
import type { LanguageSyntax } from '../text/languages.ts';

/** Columns of a tab; how wide an editor shows it is not known of files. */
const TAB_SIZE = 4;

/** Follows strings, comments, brackets and lines through a text, character by character. */
export class PositionReader implements TextPosition {
  private readonly syntax: LanguageSyntax;
  private readonly reader: BracketReader;
  private line = '';
  private characters = 0;
  /** The white space that begins the line, and whether nothing else was read of it. */
  private blank = '';
  private isBlank = true;
  private lastCharacter = '\n';
  /** Brackets open where the line begins; what is left open by mistake ends with what was opened around it. */
  private open: readonly OpenBracket[] = [];
  /** What `reader` counted there, which forgets nothing that was left open. */
  private depthBefore = 0;

  /** Begins at a file's start. @param languageId VS Code's identifier; undefined where it is not known. */
  constructor(languageId: string | undefined) {
    this.syntax = syntaxOf(languageId);
    this.reader = new BracketReader([], this.syntax);
  }

  get isInString(): boolean {
    return this.reader.openQuote !== '';
  }

  get isInComment(): boolean {
    return this.reader.isInComment;
  }

  get bracketDepth(): number {
    return Math.max(0, this.open.length + this.reader.depth - this.depthBefore);
  }

  get isInParentheses(): boolean {
    return this.reader.closes(')');
  }

  get indentation(): number {
    return columns(this.blank, TAB_SIZE);
  }

  get column(): number {
    return this.characters;
  }

  get isInWord(): boolean {
    return /[\p{L}\p{N}_]/u.test(this.lastCharacter);
  }

  /** Reads one code point; line ends are LF. */
  read(character: string): void {
    this.reader.read(character);
    this.lastCharacter = character;
    if (character !== '\n') {
      this.line += character;
      this.characters++;
      this.isBlank &&= character === ' ' || character === '\t';
      if (this.isBlank) this.blank += character;
      return;
    }
    this.open = openBracketsIn([this.line], TAB_SIZE, this.open, this.syntax);
    this.depthBefore = this.reader.depth;
    this.line = '';
    this.blank = '';
    this.isBlank = true;
    this.characters = 0;
  }
}
