import { BracketReader, openBracketsIn, type OpenBracket } from './brackets.ts';
import { indentationOf, leadingBlank } from './indentation.ts';

/** Where the cursor stands, as far as it decides how a suggestion may go on. */
export interface Place {
  /** The cursor's line up to the cursor, and from it on. */
  readonly lineBefore: string;
  readonly restOfLine: string;
  /** The first line below that is not blank; undefined where there is none. */
  readonly nextLine: string | undefined;
  /** White space before the line that opens a block which the cursor is to begin. Undefined elsewhere. */
  readonly blockIndentation: string | undefined;
  /** Columns of the white space before the cursor's line. */
  readonly indentation: number;
  /** Brackets open at the cursor, and strings open on its line. */
  readonly brackets: BracketReader;
  /** How many of the open brackets, from the outermost, are closed below the cursor already. */
  readonly closedBelow: number;
  /** Whether all brackets are known that may be open. */
  readonly isWhole: boolean;
  readonly tabSize: number;
}

const closers = /^[\s)\]}>"'`;,]*$/;
const opener = /[{([:]$/;

/**
 * The mid-line rule: whether something may be suggested before `restOfLine`, the cursor's line after the cursor.
 * Closing punctuation may stand there, and nothing else.
 */
export function mayContinueBefore(restOfLine: string): boolean {
  return closers.test(restOfLine);
}

/**
 * @param suffix the rest of the cursor's line and what follows it.
 * @param isWhole whether `prefix` begins where the file does.
 */
export function placeOf(prefix: string, suffix: string, tabSize: number, isWhole = true): Place {
  const linesBefore = prefix.split('\n');
  const lineBefore = linesBefore.pop()!;
  const [restOfLine, ...linesAfter] = suffix.split('\n') as [string, ...string[]];
  const openingLine = openingLineOf(linesBefore.at(-1), lineBefore, restOfLine);
  const above = openBracketsIn(linesBefore, tabSize);
  const open = openBracketsIn([lineBefore], tabSize, above);
  const nextLine = linesAfter.find((line) => line.trim() !== '');
  return {
    lineBefore,
    restOfLine,
    nextLine,
    blockIndentation: openingLine === undefined ? undefined : leadingBlank(openingLine),
    indentation: indentationOf(lineBefore, tabSize),
    brackets: new BracketReader(above).read(lineBefore),
    closedBelow: nextLine === undefined ? 0 : closedBy(nextLine, open, tabSize),
    isWhole,
    tabSize,
  };
}

/** How many of the open brackets, from the outermost, need no closing any more when `nextLine` closes one. */
function closedBy(nextLine: string, open: readonly OpenBracket[], tabSize: number): number {
  const closer = nextLine.trimStart()[0];
  const indentation = indentationOf(nextLine, tabSize);
  return (
    open.findLastIndex((bracket) => bracket.closer === closer && bracket.indentation === indentation) + 1
  );
}

/** The line that opens a block which the cursor's line is to begin: that line itself, or the one above it. */
function openingLineOf(
  lineAbove: string | undefined,
  lineBefore: string,
  restOfLine: string,
): string | undefined {
  if (restOfLine.trim() !== '') return undefined;
  const candidate = lineBefore.trim() === '' ? lineAbove : lineBefore;
  return candidate !== undefined && opener.test(candidate.trimEnd()) ? candidate : undefined;
}

/** Code points of a string behind which nothing is said in it. */
const longString = 60;
/** How much before the cursor is looked at for a table of data, in code units, and what makes one. */
const tableWindow = 240;
const fewestNumbers = 10;
const numbersPerWord = 6;

/** Whether nothing can be guessed here: inside a long string, or a table of numbers. */
export function isOpaque(prefix: string, { brackets }: Place): boolean {
  if (brackets.lengthInString > longString) return true;
  const before = prefix.slice(-tableWindow);
  const numbers = before.match(/(?<![\p{L}_])-?(?:0x[\da-f]+|\d+(?:\.\d+)?)/giu)?.length ?? 0;
  if (numbers < fewestNumbers) return false;
  const words = before.match(/(?<![\p{L}\p{N}_])[\p{L}_][\p{L}\p{N}_]*/gu)?.length ?? 0;
  return numbers > words * numbersPerWord;
}
