import { windowStart } from '../predict/prefix-window.ts';

/** As much of an editor's document as is needed to read it line by line. */
export interface Lines {
  readonly lineCount: number;
  lineAt(line: number): { readonly text: string };
}

/** The text around a cursor that a suggestion looks at; LF line ends. */
export interface Surroundings {
  readonly prefix: string;
  readonly atFileStart: boolean;
  readonly suffix: string;
}

const MIN_LINES_BELOW = 2;
/** Blank lines below are passed to find one that is not, as far as this. */
const MAX_LINES_BELOW = 40;
/** Most code units of each line that are looked at behind the cursor: minified files have lines of megabytes. */
const MAX_LINE_AFTER = 1000;

/**
 * Text in the window before the cursor; the rest of its line and the next two lines, or as many as it takes to the
 * first that is not blank.
 * @param restStart column in the cursor's line where what follows begins, if not at the cursor.
 */
export function surroundingsOf(
  document: Lines,
  cursor: { readonly line: number; readonly character: number },
  restStart = cursor.character,
): Surroundings {
  const textOf = (line: number) => document.lineAt(line).text;
  const start = windowStart((line) => textOf(line).length, cursor.line, cursor.character);
  const before: string[] = [];
  for (let line = start.line; line <= cursor.line; line++) {
    const end = line === cursor.line ? cursor.character : undefined;
    before.push(textOf(line).slice(line === start.line ? start.character : 0, end));
  }
  const after = [textOf(cursor.line).slice(restStart, restStart + MAX_LINE_AFTER)];
  for (let below = 1; below <= MAX_LINES_BELOW && cursor.line + below < document.lineCount; below++) {
    if (below > MIN_LINES_BELOW && after.slice(1).some((line) => line.trim() !== '')) break;
    after.push(textOf(cursor.line + below).slice(0, MAX_LINE_AFTER));
  }
  return {
    prefix: before.join('\n'),
    atFileStart: start.line === 0 && start.character === 0,
    suffix: after.join('\n'),
  };
}
