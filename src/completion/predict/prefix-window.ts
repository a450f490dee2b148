/** Most UTF-16 code units before the cursor that are read. */
export const WINDOW_LENGTH = 3000;

/** A window that would be shorter than this starts at a finer step. */
const MIN_LENGTH = WINDOW_LENGTH / 2;
const lineSteps = [32, 8, 1];
const COLUMN_STEP = 1024;

/** Where the text that is read begins. */
export interface WindowStart {
  readonly line: number;
  /** 0 unless the cursor's line alone is longer than the window. */
  readonly character: number;
}

/**
 * Where to begin reading so that at most `windowLength` code units lie before the cursor. It moves in steps, so that
 * it mostly stays while the user types and the hidden states kept for that text stay good.
 * @param lengthOf length of a line above the cursor's in code units, without its line end.
 * @param line the cursor's line; line 0 begins the file.
 */
export function windowStart(
  lengthOf: (line: number) => number,
  line: number,
  character: number,
): WindowStart {
  if (character > WINDOW_LENGTH) {
    return { line, character: Math.ceil((character - WINDOW_LENGTH) / COLUMN_STEP) * COLUMN_STEP };
  }
  /** Code units from each line's start to the cursor, by lines above the cursor's. */
  const lengths = [character];
  while (lengths.length <= line) {
    const length = lengths.at(-1)! + lengthOf(line - lengths.length) + 1;
    if (length > WINDOW_LENGTH) break;
    lengths.push(length);
  }
  const earliest = line - lengths.length + 1;
  if (earliest === 0) return { line: 0, character: 0 };
  for (const step of lineSteps) {
    const start = Math.ceil(earliest / step) * step;
    if (start <= line && lengths[line - start] >= MIN_LENGTH) return { line: start, character: 0 };
  }
  return { line: earliest, character: 0 };
}

/** The part of `text`, which ends at the cursor, that is read. Text within the window is returned as it is. */
export function windowOf(text: string, atFileStart: boolean): { text: string; atFileStart: boolean } {
  if (text.length <= WINDOW_LENGTH) return { text, atFileStart };
  const lines = text.split('\n');
  const last = lines.length - 1;
  const start = windowStart((line) => lines[line].length, last, lines[last].length);
  const read = [lines[start.line].slice(start.character), ...lines.slice(start.line + 1)].join('\n');
  return { text: read, atFileStart: atFileStart && start.line === 0 && start.character === 0 };
}
