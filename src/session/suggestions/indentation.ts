/** How a text is indented. */
export interface Indentation {
  readonly insertSpaces: boolean;
  readonly tabSize: number;
}

const DEFAULT_TAB_SIZE = 4;

/** The indentation of a text; four spaces for one without. */
export function indentationOf(text: string): Indentation {
  return indentationIn(text) ?? { insertSpaces: true, tabSize: DEFAULT_TAB_SIZE };
}

/**
 * The indentation of a text: tabs if more lines begin with a tab than with a space; otherwise spaces, as many as the
 * most frequent increase from one line to the next. Undefined for a text without indentation.
 */
export function indentationIn(text: string): Indentation | undefined {
  let tabs = 0;
  let spaces = 0;
  let before = 0;
  const timesDeeper = new Map<number, number>();
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    if (line.startsWith('\t')) {
      tabs++;
      continue;
    }
    const width = line.length - line.trimStart().length;
    if (width > 0) spaces++;
    const deeper = width - before;
    if (deeper >= 2 && deeper <= 8) timesDeeper.set(deeper, (timesDeeper.get(deeper) ?? 0) + 1);
    before = width;
  }
  if (tabs === 0 && spaces === 0) return undefined;
  if (tabs > spaces) return { insertSpaces: false, tabSize: DEFAULT_TAB_SIZE };
  let [tabSize, maxTimes] = [DEFAULT_TAB_SIZE, 0];
  for (const [deeper, times] of timesDeeper) {
    if (times > maxTimes) [tabSize, maxTimes] = [deeper, times];
  }
  return { insertSpaces: true, tabSize };
}
