import { BracketReader, openBracketsIn, type OpenBracket } from './brackets.ts';
import { indentationOf, leadingBlank } from './indentation.ts';
import { syntaxOf } from './language-syntax.ts';
import { restOfLineAt, type RestOfLine } from './rest-of-line.ts';

/** The cursor's surroundings, as far as they decide how a suggestion may go on. */
export interface CursorContext {
  /** The cursor's line up to the cursor. */
  readonly lineBefore: string;
  /** The cursor's line from the cursor on. */
  readonly rest: RestOfLine;
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
  /** The first code points behind the cursor, over line ends. */
  readonly following: readonly number[];
}

/** What of the document may be known besides the text around the cursor. */
export interface DocumentFacts {
  readonly tabSize: number;
  /** VS Code's language identifier; undefined where it is not known. */
  readonly languageId?: string | undefined;
  /** Whether the text before the cursor begins where the file does; yes if left out. */
  readonly isWhole?: boolean;
}

const opener = /[{([:]$/;
/** Code points behind the cursor by which it is judged whether a suggestion fits them. */
const MAX_FOLLOWING = 12;

/** @param suffix the rest of the cursor's line and what follows it. */
export function cursorContextOf(
  prefix: string,
  suffix: string,
  { tabSize, languageId, isWhole = true }: DocumentFacts,
): CursorContext {
  const syntax = syntaxOf(languageId);
  const linesBefore = prefix.split('\n');
  const lineBefore = linesBefore.pop()!;
  const [restOfLine, ...linesAfter] = suffix.split('\n') as [string, ...string[]];
  const openingLine = openingLineOf(linesBefore.at(-1), lineBefore, restOfLine);
  const above = openBracketsIn(linesBefore, tabSize, [], syntax);
  const open = openBracketsIn([lineBefore], tabSize, above, syntax);
  const nextLine = linesAfter.find((line) => line.trim() !== '');
  const brackets = new BracketReader(above, syntax).read(lineBefore);
  return {
    lineBefore,
    rest: restOfLineAt(restOfLine, brackets),
    nextLine,
    blockIndentation: openingLine === undefined ? undefined : leadingBlank(openingLine),
    indentation: indentationOf(lineBefore, tabSize),
    brackets,
    closedBelow: nextLine === undefined ? 0 : closedBy(nextLine, open, tabSize),
    isWhole,
    tabSize,
    following: Array.from(suffix.slice(0, 2 * MAX_FOLLOWING), (character) => character.codePointAt(0)!).slice(
      0,
      MAX_FOLLOWING,
    ),
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

/** Code points of a string behind which nothing is suggested in it. */
const LONG_STRING = 60;
/** How much before the cursor is looked at for a table of data, in code units, and what makes one. */
const TABLE_WINDOW = 240;
const MIN_NUMBERS = 10;
const MIN_NUMBERS_PER_WORD = 6;

/** Whether nothing can be guessed here: inside a long string, or a table of numbers. */
export function isOpaque(prefix: string, { brackets }: CursorContext): boolean {
  if (brackets.lengthInString > LONG_STRING) return true;
  const before = prefix.slice(-TABLE_WINDOW);
  const numbers = before.match(/(?<![\p{L}_])-?(?:0x[\da-f]+|\d+(?:\.\d+)?)/giu)?.length ?? 0;
  if (numbers < MIN_NUMBERS) return false;
  const words = before.match(/(?<![\p{L}\p{N}_])[\p{L}_][\p{L}\p{N}_]*/gu)?.length ?? 0;
  return numbers > words * MIN_NUMBERS_PER_WORD;
}
