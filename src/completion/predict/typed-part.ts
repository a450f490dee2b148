/** Longer insertions were pasted or completed: then nothing is learnt from how they were typed. */
const MAX_TYPED_UNITS = 200;

/** What editors insert behind a typed character of their own. */
const AUTO_CLOSED: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '<': '>',
  '"': '"',
  "'": "'",
  '`': '`',
  '*': ' */',
};
const CLOSING_TAG = /^<\/[\w.:-]*>$/;
/** Enter between brackets: a line for the cursor, and one for the closing bracket. */
const TWO_LINES = /^(\n[ \t]*)\n[ \t]*$/;
/** More than a line end and indentation: a snippet, a paste or a suggestion. */
const SEVERAL_LINES = /\S\s*\n|\n\s*\S/;

/**
 * How much of an inserted text was typed, in UTF-16 units from its beginning: the rest was added by the editor, and
 * stands behind the cursor.
 * @param inserted with LF line ends
 */
export function typedPart(inserted: string): number {
  if (inserted.length > MAX_TYPED_UNITS || CLOSING_TAG.test(inserted) || SEVERAL_LINES.test(inserted))
    return 0;
  if (AUTO_CLOSED[inserted[0]] === inserted.slice(1) && inserted !== '') return 1;
  return TWO_LINES.exec(inserted)?.[1].length ?? inserted.length;
}
