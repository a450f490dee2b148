import type { BracketReader } from './brackets.ts';

/** What stands behind the cursor on its line: nothing, closing punctuation only, or other text. */
export type Position = 'end' | 'closers' | 'middle';

/** The cursor's line from the cursor on, and what it says of the end of a suggestion. */
export interface RestOfLine {
  readonly text: string;
  readonly position: Position;
  /** Whether it closes a bracket that is open at the cursor. */
  readonly closesBracket: boolean;
  /** Whether it ends the string that is open at the cursor. */
  readonly endsString: boolean;
  /** Its beginning, by which it is known where a suggestion repeats it; empty at the line's end. */
  readonly head: string;
}

const closers = /^[\s)\]}>"'`;,]*$/;
/** A sign that ends an expression is enough to know the rest of the line by. */
const separator = /^(?:[;,{:]|=>|=(?!=))/;
/** Of a rest that begins with anything else: up to its first word and the sign behind that. */
const firstWord = /^[^\p{L}\p{N}_$]*[\p{L}\p{N}_$]+[^\p{L}\p{N}_$]?/u;
/** UTF-16 units of the rest that are looked at: minified files have lines of megabytes. */
const MAX_LENGTH = 200;

export function positionOf(restOfLine: string): Position {
  if (restOfLine.trim() === '') return 'end';
  return closers.test(restOfLine) ? 'closers' : 'middle';
}

/** @param open what is open at the cursor. */
export function restOfLineAt(text: string, open: BracketReader): RestOfLine {
  const position = positionOf(text);
  const isInString = open.openQuote !== '';
  const reader = open.copy();
  let outermost = reader.depth;
  let endsString = false;
  for (const character of text.slice(0, MAX_LENGTH)) {
    endsString ||= isInString && reader.endsString(character);
    reader.read(character);
    outermost = Math.min(outermost, reader.depth);
  }
  return {
    text,
    position,
    closesBracket: outermost < open.depth,
    endsString,
    head: headOf(text.trim(), position),
  };
}

function headOf(visible: string, position: Position): string {
  if (position === 'closers') return visible[0];
  return (separator.exec(visible) ?? firstWord.exec(visible))?.[0] ?? visible;
}

/** Whether the rest of the line, known by its head, begins at `at` of a suggestion's `text`. */
export function beginsRest(
  text: string,
  at: number,
  { text: rest, head, position }: RestOfLine,
  lineBefore: string,
): boolean {
  if (head === '' || !text.startsWith(head, at)) return false;
  if (position === 'closers') return true;
  // Inside a word a suggestion may be nothing but the rest of that word once more.
  if (at === 0 && rest.startsWith(head)) return true;
  const before = at === 0 ? lineBefore : text.slice(0, at);
  return !(/^[\p{L}\p{N}_$]/u.test(head) && /[\p{L}\p{N}_$]$/u.test(before));
}
