export const isHighSurrogate = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
export const isLowSurrogate = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

/** Whether a UTF-16 unit or a code point is one half of a surrogate pair. */
export const isSurrogate = (codePoint: number): boolean => (codePoint & 0xffff_f800) === 0xd800;

/** Whether a surrogate pair begins at `index`, in UTF-16 units. */
export function isSurrogatePair(text: string, index: number): boolean {
  return isHighSurrogate(text.charCodeAt(index)) && isLowSurrogate(text.charCodeAt(index + 1));
}

/** `text` as a corpus holds it: LF line ends (from CRLF and CR) and Unicode normalisation form C. */
export function normalized(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').normalize('NFC');
}
