/**
 * The indentation of a text: tabs if more lines begin with a tab than with a space; otherwise spaces, as many as the
 * most frequent increase from one line to the next. Four spaces for a text without indentation.
 */
export function indentationOf(text: string): { insertSpaces: boolean; tabSize: number } {
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
  if (tabs > spaces) return { insertSpaces: false, tabSize: 4 };
  let [tabSize, maxTimes] = [4, 0];
  for (const [deeper, times] of timesDeeper) {
    if (times > maxTimes) [tabSize, maxTimes] = [deeper, times];
  }
  return { insertSpaces: true, tabSize };
}
