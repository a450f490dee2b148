/** Splits a text at its cursor, which is written as `|` (the last one where there are several). */
export function atCursor(text: string): { prefix: string; suffix: string } {
  const cursor = text.lastIndexOf('|');
  if (cursor < 0) throw new Error(`no cursor in ${text}`);
  return { prefix: text.slice(0, cursor), suffix: text.slice(cursor + 1) };
}
