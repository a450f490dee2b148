/** Characters that text does not contain: controls, unassigned and private code points. */
export const NOT_TEXT = /[\0-\x06\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]|\p{Cn}|\p{Co}|\p{Cs}/u;
const NOT_TEXT_EACH = new RegExp(NOT_TEXT.source, 'gu');

/** Characters of text for one that is none: a stray control does not make a page of text another encoding. */
const TEXT_PER_CONTROL = 2_000;

/** Whether `text` has next to no characters that text does not contain, and no U+FFFD. */
export function isCleanText(text: string): boolean {
  return (
    (text.match(NOT_TEXT_EACH)?.length ?? 0) * TEXT_PER_CONTROL < text.length && !text.includes('\ufffd')
  );
}
