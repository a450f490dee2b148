import type { BracketReader } from './brackets.ts';
import { columns, indentationOf, leadingBlank } from './indentation.ts';
import type { CursorContext } from './cursor-context.ts';
import { repetitionStart } from './repetition.ts';
import { beginsRest } from './rest-of-line.ts';

const MAX_LINES = 8;

/**
 * What a suggestion may not hold: control characters other than tab and line end, characters that change the direction
 * of text, that nobody sees (soft hyphen, zero-width space, word joiner, byte order mark, fillers, tags) or that stand
 * for text which could not be read.
 */
const unwritable =
  /[\p{Cc}\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFD\u{E0000}-\u{E007F}]/u;

/**
 * The length of the longest beginning of `text` that may stand at the cursor; while a text grows, less than all of it
 * means that nothing behind matters.
 *
 * It ends at the line's end where something follows the cursor on its line; where its block ends, or after eight
 * lines; before a bracket that closes nothing that is open, or what is closed behind the cursor or below; before what
 * follows the cursor already; and where the text turns in circles.
 */
export function allowedLength(text: string, context: CursorContext): number {
  const { rest } = context;
  const brackets = context.brackets.copy();
  const depthAtCursor = brackets.depth;
  let outermost = depthAtCursor;
  let isInStringOfCursor = brackets.openQuote !== '';
  let lines = 1;
  let length = 0;
  for (const character of text) {
    if (character === '\n') {
      if (rest.position !== 'end' || lines === MAX_LINES) return length;
      if (endsBlock(text, length + 1, brackets, outermost, context)) return length;
      brackets.read(character);
      lines++;
    } else if (character !== '\t' && unwritable.test(character)) {
      return length;
    }
    if (brackets.isUnmatched(character) && !mayCloseUnseen(text, length, brackets, context)) return length;
    if (brackets.closes(character)) {
      if (brackets.depth <= context.closedBelow) return length;
      if (rest.closesBracket && brackets.depth <= depthAtCursor) return length;
    }
    const endsOwnString = isInStringOfCursor && brackets.endsString(character);
    if (endsOwnString && rest.endsString) return length;
    const mayBeRest = isInStringOfCursor
      ? endsOwnString || (rest.endsString && rest.position === 'middle')
      : brackets.openQuote === '';
    if (mayBeRest && brackets.depth === outermost && beginsRest(text, length, rest, context.lineBefore)) {
      return length;
    }
    brackets.read(character);
    outermost = Math.min(outermost, brackets.depth);
    isInStringOfCursor &&= brackets.openQuote !== '';
    length += character.length;
  }
  return repetitionStart(text) ?? text.length;
}

/** Whether a bracket at the beginning of its line may close one that was opened before what is known begins. */
function mayCloseUnseen(
  text: string,
  length: number,
  brackets: BracketReader,
  context: CursorContext,
): boolean {
  if (context.isWhole || brackets.depth > 0) return false;
  return `${context.lineBefore}${text.slice(0, length)}`.split('\n').at(-1)!.trim() === '';
}

/**
 * What of `text` is worth showing at the cursor: as much as is allowed, without lines that are there already below the
 * cursor and without white space at its end. Empty: nothing.
 */
export function trimmed(text: string, context: CursorContext): string {
  const kept = text.slice(0, allowedLength(text, context)).trimEnd();
  if (kept.trim() === '' || context.nextLine === undefined) return kept;
  const lines = `${context.lineBefore}${kept}`.split('\n');
  if (lines.length === 1) lines[0] += context.rest.text;
  const firstOwn = kept.startsWith('\n') ? 1 : 0;
  const repeated = lines.findIndex(
    (line, index) => index >= firstOwn && isRepeated(line, index, lines, context),
  );
  if (repeated < 0) return kept;
  return repeated === 0 ? '' : lines.slice(0, repeated).join('\n').slice(context.lineBefore.length).trimEnd();
}

/**
 * Whether a suggestion ends at a line end.
 * @param start of what `text` has behind that.
 * @param outermost least depth of brackets so far.
 */
function endsBlock(
  text: string,
  start: number,
  brackets: BracketReader,
  outermost: number,
  context: CursorContext,
): boolean {
  const { blockIndentation, tabSize } = context;
  const beginsBlock = blockIndentation !== undefined;
  if (outermost < context.brackets.depth && (beginsBlock || context.nextLine !== undefined)) return true;
  const following = text.slice(start);
  if (/^[ \t]*\n[ \t]*\n/.test(following)) return true;
  const line = firstVisibleLine(following);
  if (line === undefined) return false;
  // With text below, what leaves the block of the cursor belongs there.
  const below = context.nextLine === undefined ? undefined : indentationOf(context.nextLine, tabSize);
  const isFilled = beginsBlock && below !== undefined && below > columns(blockIndentation, tabSize);
  if (below !== undefined && (isFilled || !beginsBlock)) {
    const indentation = indentationOf(line, tabSize);
    return indentation < below || (indentation < context.indentation && !closesLine(line, brackets));
  }
  if (!beginsBlock || closesLine(line, brackets)) return false;
  const blank = leadingBlank(line);
  const isOtherStyle = !blank.startsWith(blockIndentation) && !blockIndentation.startsWith(blank);
  if (!isOtherStyle) return columns(blank, tabSize) <= columns(blockIndentation, tabSize);
  // Tabs and spaces cannot be compared: the network's own first line tells how deep the block is.
  const first = firstVisibleLine(text.slice(text.indexOf('\n') + 1))!;
  return indentationOf(line, tabSize) < indentationOf(first, tabSize);
}

/** Whether a line begins with the bracket that closes the innermost one, strings ending with their lines. */
function closesLine(line: string, brackets: BracketReader): boolean {
  return brackets.copy().read('\n').closes(line.trimStart()[0]);
}

function firstVisibleLine(text: string): string | undefined {
  return text.split('\n').find((line) => line.trim() !== '');
}

/**
 * Whether a line of a suggestion is the next line of the document again, goes on with it, or is the beginning of it
 * where the suggestion ends. Lines without a letter or digit, such as closing brackets, are the same only at the same depth.
 */
function isRepeated(line: string, index: number, lines: readonly string[], context: CursorContext): boolean {
  const { tabSize, lineBefore } = context;
  const nextLine = context.nextLine!;
  const text = line.trim();
  const isSameDepth = indentationOf(line, tabSize) === indentationOf(nextLine, tabSize);
  if (text === '' || !(isSameDepth || /[\p{L}\p{N}]/u.test(text))) return false;
  if (text === nextLine.trim()) return true;
  const isWholeLine = index > 0 || lineBefore.trim() === '';
  if (isWholeLine && index === lines.length - 1 && nextLine.trim().startsWith(text)) return true;
  return index > 0 && /[\p{L}\p{N}].*[\p{L}\p{N}]/u.test(nextLine) && text.startsWith(nextLine.trim());
}
