import type { Pace } from '../../common/yielder.ts';

/** Long texts are counted in pieces of this many UTF-16 units. */
const PIECE = 256 * 1024;

/** Code points in `text`; a lone surrogate counts as one. */
export function countCharacters(text: string): number {
  let count = text.length;
  for (let i = 0; i + 1 < text.length; i++) {
    if (isPair(text, i)) {
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
  pace: Pace,
): Promise<{ readonly text: string; readonly characters: number }> {
  let characters = 0;
  for (let start = 0; start < text.length;) {
    const end = Math.min(start + PIECE, text.length);
    const pieceEnd = end < text.length && isPair(text, end - 1) ? end + 1 : end;
    const inPiece = countCharacters(text.slice(start, pieceEnd));
    if (characters + inPiece > maxCharacters) {
      const cut = lineEndBefore(text, indexOfCharacter(text, start, maxCharacters - characters));
      return { text: text.slice(0, cut), characters: await countPaced(text.slice(0, cut), pace) };
    }
    characters += inPiece;
    start = pieceEnd;
    if (pace.due) await pace.turn();
  }
  return { text, characters };
}

async function countPaced(text: string, pace: Pace): Promise<number> {
  return (await takeCharacters(text, Infinity, pace)).characters;
}

function lineEndBefore(text: string, end: number): number {
  const afterLine = end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
  return afterLine * 2 >= end ? afterLine : end;
}

/** UTF-16 index of the code point `count` after the one at `start`; the length of `text` when it has no more. */
function indexOfCharacter(text: string, start: number, count: number): number {
  let index = start;
  for (let left = count; left > 0 && index < text.length; left--) index += isPair(text, index) ? 2 : 1;
  return index;
}

function isPair(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
}
