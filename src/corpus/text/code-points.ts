import { isSurrogatePair } from '../../common/text.ts';
import type { Yielder } from '../../common/yielder.ts';

/** Long texts are counted in pieces of this many UTF-16 units. */
const PIECE = 256 * 1024;

/** Code points in `text`; a lone surrogate counts as one. */
export function countCharacters(text: string): number {
  let count = text.length;
  for (let i = 0; i + 1 < text.length; i++) {
    if (isSurrogatePair(text, i)) {
      count--;
      i++;
    }
  }
  return count;
}

/**
 * Where the first `maxCharacters` code points of `text` end, moved back to just after the last line end among
 * them; where that would leave less than half, no line end is sought. An index in UTF-16 units that never
 * splits a surrogate pair.
 */
export function cutAtLineEnd(text: string, maxCharacters: number): number {
  const end = indexOfCharacter(text, 0, maxCharacters);
  return end >= text.length ? text.length : lineEndBefore(text, end);
}

/** The beginning of `text` as `cutAtLineEnd` cuts it, and the code points in it. */
export async function takeCharacters(
  text: string,
  maxCharacters: number,
  yielder: Yielder,
): Promise<{ readonly text: string; readonly characters: number }> {
  let characters = 0;
  for (let start = 0; start < text.length;) {
    const end = Math.min(start + PIECE, text.length);
    const pieceEnd = end < text.length && isSurrogatePair(text, end - 1) ? end + 1 : end;
    const inPiece = countCharacters(text.slice(start, pieceEnd));
    if (characters + inPiece > maxCharacters) {
      const cut = lineEndBefore(text, indexOfCharacter(text, start, maxCharacters - characters));
      return { text: text.slice(0, cut), characters: await countYielding(text.slice(0, cut), yielder) };
    }
    characters += inPiece;
    start = pieceEnd;
    if (yielder.isDue) await yielder.yield();
  }
  return { text, characters };
}

async function countYielding(text: string, yielder: Yielder): Promise<number> {
  return (await takeCharacters(text, Infinity, yielder)).characters;
}

function lineEndBefore(text: string, end: number): number {
  const afterLine = end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
  return afterLine * 2 >= end ? afterLine : end;
}

/** UTF-16 index of the code point `count` after the one at `start`; the length of `text` when it has no more. */
export function indexOfCharacter(text: string, start: number, count: number): number {
  let index = start;
  for (let left = count; left > 0 && index < text.length; left--)
    index += isSurrogatePair(text, index) ? 2 : 1;
  return index;
}
