/** How a document is indented; a tab is as wide as `tabSize` columns. */
export interface IndentationStyle {
  readonly insertSpaces: boolean;
  readonly tabSize: number;
}

export function leadingBlank(line: string): string {
  return /^[ \t]*/.exec(line)![0];
}

/** Columns up to the end of `blank`, which stands at a line's start; a tab goes to the next multiple of `tabSize`. */
export function columns(blank: string, tabSize: number): number {
  let width = 0;
  for (const character of blank) width += character === '\t' ? tabSize - (width % tabSize) : 1;
  return width;
}

/** Width of the white space before a line, in columns. */
export function indentationOf(line: string, tabSize: number): number {
  return columns(leadingBlank(line), tabSize);
}

/**
 * Rewrites the white space that begins the lines of `text` in the document's style, where it is in the other one:
 * a tab becomes one level of spaces, a level of spaces one tab. White space of the document's own kind stays.
 * @param lineBefore what stands before `text` on its first line; when not blank that line stays as it is.
 * @param blockIndentation white space before the line that opens the block which the further lines belong to.
 */
export function reindented(
  text: string,
  lineBefore: string,
  blockIndentation: string | undefined,
  style: IndentationStyle,
): string {
  const lines = text.split('\n');
  const foreign = style.insertSpaces ? /\t/ : /^ {2}/;
  const isAtLineStart = lineBefore.trim() === '';
  const blanks = lines.map((line, index) => (index > 0 || isAtLineStart ? leadingBlank(line) : ''));
  if (!blanks.some((blank) => foreign.test(blank))) return text;
  const unit = style.insertSpaces
    ? style.tabSize
    : spacesPerLevel(blanks.slice(1), blockIndentation ?? '', style.tabSize);
  return lines
    .map((line, index) => inStyle(blanks[index], unit, style) + line.slice(blanks[index].length))
    .join('\n');
}

function inStyle(blank: string, unit: number, { insertSpaces }: IndentationStyle): string {
  const width = columns(blank, unit);
  if (insertSpaces) return ' '.repeat(width);
  return '\t'.repeat(Math.floor(width / unit)) + ' '.repeat(width % unit);
}

/**
 * Spaces that make one level in lines written in spaces, in a document of tabs: the first line of a block is one
 * level deeper than the line that opens it.
 */
function spacesPerLevel(blanks: readonly string[], blockIndentation: string, tabSize: number): number {
  const first = blanks.find((blank) => blank !== '')?.length ?? tabSize;
  const levels = Math.round(columns(blockIndentation, tabSize) / tabSize) + 1;
  return first % levels === 0 ? Math.min(first / levels, 8) : tabSize;
}
