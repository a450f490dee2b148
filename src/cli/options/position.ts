import { UsageError } from '../output/exit-status.ts';

/** A position in a text as editors count it: lines and columns from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  /** Undefined means the end of the line. */
  readonly column: number | undefined;
}

/**
 * Index of `position` in `text`, whose line ends are LF.
 * @throws UsageError when the text has no such position.
 */
export function offsetOf(text: string, { line, column }: Position): number {
  const lines = text.split('\n');
  const found = lines[line - 1];
  if (found === undefined) {
    throw new UsageError(
      `There is no line ${line}, because the source has ${lines.length}; name one of these.`,
    );
  }
  if (column !== undefined && column > found.length + 1) {
    throw new UsageError(
      `There is no column ${column}, because line ${line} ends at column ${found.length + 1}; name one up to there.`,
    );
  }
  const lineStart = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  return lineStart + (column === undefined ? found.length : column - 1);
}
