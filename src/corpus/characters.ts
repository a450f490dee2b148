/** Code points in `text`; a lone surrogate counts as one. */
export function countCharacters(text: string): number {
  let count = text.length;
  for (let i = 0; i + 1 < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
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
  const end = indexOfCharacter(text, maxCharacters);
  if (end >= text.length) return text.length;
  const afterLine = end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
  return afterLine * 2 >= end ? afterLine : end;
}

/** UTF-16 index of the code point number `position` (from 0); the length of `text` when it has no more. */
function indexOfCharacter(text: string, position: number): number {
  let index = 0;
  for (let left = position; left > 0 && index < text.length; left--) {
    index += text.codePointAt(index)! > 0xffff ? 2 : 1;
  }
  return index;
}
