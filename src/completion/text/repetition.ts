const MAX_RUN = 8;
const MIN_PERIOD = 4;
const MIN_COPIES = 3;

/**
 * Where a text that turned in circles should have ended: undefined while it does not repeat itself at its end;
 * else the length that keeps the first eight of equal characters, or the first of three copies of a longer piece.
 */
export function repetitionStart(text: string): number | undefined {
  const last = text.at(-1);
  if (last === undefined) return undefined;
  if (last.trim() !== '' && text.endsWith(last.repeat(MAX_RUN + 1))) return text.length - 1;
  for (let period = MIN_PERIOD; period * MIN_COPIES <= text.length; period++) {
    const piece = text.slice(-period);
    if (piece.trim() !== '' && text.endsWith(piece.repeat(MIN_COPIES)))
      return text.length - period * (MIN_COPIES - 1);
  }
  return undefined;
}
