import { BracketReader } from './brackets.ts';
import { indentationOf, leadingBlank } from './indentation.ts';

/** Where the cursor stands, as far as it decides how a suggestion may go on. */
export interface Place {
  /** The cursor's line up to the cursor, and from it on. */
  readonly lineBefore: string;
  readonly restOfLine: string;
  /** The first line below that is not blank; undefined where there is none. */
  readonly nextLine: string | undefined;
  /**
   * White space before the line that opens a block which the cursor is to begin: there several lines may be
   * suggested. Undefined elsewhere.
   */
  readonly blockIndentation: string | undefined;
  /** Whether the next line closes that block. */
  readonly isClosedBelow: boolean;
  /** Brackets and strings open at the cursor that its line, or the line that opens the block, has opened. */
  readonly brackets: BracketReader;
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

/** @param suffix the rest of the cursor's line and what follows it. */
export function placeOf(prefix: string, suffix: string, tabSize: number): Place {
  const linesBefore = prefix.split('\n');
  const lineBefore = linesBefore.at(-1)!;
  const [restOfLine, ...linesAfter] = suffix.split('\n') as [string, ...string[]];
  const openingLine = openingLineOf(linesBefore, restOfLine);
  const brackets = new BracketReader();
  if (openingLine !== undefined && openingLine !== lineBefore) brackets.read(`${openingLine}\n`);
  brackets.read(lineBefore);
  const nextLine = linesAfter.find((line) => line.trim() !== '');
  const isClosedBelow =
    openingLine !== undefined &&
    nextLine !== undefined &&
    brackets.closes(nextLine.trimStart()[0]) &&
    indentationOf(nextLine, tabSize) === indentationOf(openingLine, tabSize);
  return {
    lineBefore,
    restOfLine,
    nextLine,
    blockIndentation: openingLine === undefined ? undefined : leadingBlank(openingLine),
    isClosedBelow,
    brackets,
    tabSize,
  };
}

/** The line that opens a block which the cursor's line is to begin: that line itself, or the one above it. */
function openingLineOf(linesBefore: readonly string[], restOfLine: string): string | undefined {
  if (restOfLine.trim() !== '') return undefined;
  const line = linesBefore.at(-1)!;
  const candidate = line.trim() === '' ? linesBefore.at(-2) : line;
  return candidate !== undefined && opener.test(candidate.trimEnd()) ? candidate : undefined;
}
