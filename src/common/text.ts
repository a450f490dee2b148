export const isHighSurrogate = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
export const isLowSurrogate = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

/** Whether a UTF-16 unit or a code point is one half of a surrogate pair. */
export const isSurrogate = (codePoint: number): boolean => (codePoint & 0xffff_f800) === 0xd800;

/** Whether a surrogate pair begins at `index`, in UTF-16 units. */
export function isSurrogatePair(text: string, index: number): boolean {
  return isHighSurrogate(text.charCodeAt(index)) && isLowSurrogate(text.charCodeAt(index + 1));
}

/** What Unicode composes: letters with marks behind them, and the jamo of Hangul. */
const COMPOSABLE = /[^\p{M}]\p{M}+|[\uac00-\ud7a3]?[\u1100-\u11ff]+/gu;

/**
 * `text` with letters and marks composed as in Unicode normalisation form C. Single characters stay as they are, which
 * that form would replace by others that look alike, such as the ohm sign by omega.
 */
export function composed(text: string): string {
  if (text.normalize('NFC') === text) return text;
  return text.replace(COMPOSABLE, (sequence) => sequence.normalize('NFC'));
}

/** `text` as a corpus holds it: LF line ends (from CRLF and CR), and composed. */
export function normalized(text: string): string {
  return composed(text.replaceAll(/\r\n?/g, '\n'));
}
