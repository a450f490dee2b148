import { composed } from '../../common/text.ts';
import type { Yielder } from '../../common/yielder.ts';

/** Text is composed in pieces of about this many UTF-16 units. */
const PIECE = 32 * 1024;

const LINE_FEED = 0x0a;

/** Composed letters, LF line ends (from CRLF and CR), no byte order mark at the beginning. Idempotent. */
export async function normalise(text: string, yielder: Yielder): Promise<string> {
  const parts: string[] = [];
  let start = 0;
  while (text.charCodeAt(start) === 0xfeff) start++;
  let isNormal = start === 0;
  while (start < text.length) {
    const end = endOfPiece(text, start);
    const piece = text.slice(start, end);
    const normal = composed(piece).replaceAll(/\r\n?/g, '\n');
    isNormal &&= normal === piece;
    parts.push(normal);
    start = end;
    if (yielder.isDue) await yielder.yield();
  }
  // Large texts, mostly normal already, need not be there twice.
  return isNormal ? text : parts.join('');
}

/** Pieces end before an ASCII character, as nothing composes with it across the cut, and not inside CRLF. */
function endOfPiece(text: string, start: number): number {
  let end = start + PIECE;
  while (end < text.length && (text.charCodeAt(end) >= 0x80 || text.charCodeAt(end) === LINE_FEED)) end++;
  return Math.min(end, text.length);
}
