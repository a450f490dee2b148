const longestRun = 8;
const shortestPeriod = 4;
const copies = 3;

/**
 * Where a text that turned in circles should have ended: undefined while it does not repeat itself at its end;
 * else the length that keeps the first eight of equal characters, or the first of three copies of a longer piece.
 */
export function repetitionStart(text: string): number | undefined {
  const last = text.at(-1);
  if (last === undefined) return undefined;
  if (last.trim() !== '' && text.endsWith(last.repeat(longestRun + 1))) return text.length - 1;
  for (let period = shortestPeriod; period * copies <= text.length; period++) {
    const piece = text.slice(-period);
    if (piece.trim() !== '' && text.endsWith(piece.repeat(copies)))
      return text.length - period * (copies - 1);
  }
  return undefined;
}
