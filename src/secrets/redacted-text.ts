/** Lines of a text, counted from 1, both inclusive. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

export interface Redaction {
  readonly text: string;
  /** The lines of the original that `text` lacks, neighbours together. */
  readonly removed: readonly LineRange[];
  /** The lines of the original that `text` has without the data embedded in them. */
  readonly shortened: readonly LineRange[];
}

interface Edit {
  /** The line as [start, end) in the text, without its end. */
  readonly start: number;
  readonly end: number;
  /** What stands there instead; undefined where the line goes with its end. */
  readonly replacement: string | undefined;
}

/** Collects which lines of a text go or are replaced, in nearly rising order. */
export class RedactedText {
  private readonly text: string;
  private readonly edits: Edit[] = [];
  private readonly numbers: LineNumbers;

  constructor(text: string) {
    this.text = text;
    this.numbers = new LineNumbers(text);
  }

  /** The number, from 1, of the line that begins at `start`; to be asked in rising order. */
  numberAt(start: number): number {
    return this.numbers.at(start);
  }

  remove(start: number, end: number): void {
    this.insert({ start, end, replacement: undefined });
  }

  replace(start: number, end: number, replacement: string): void {
    this.insert({ start, end, replacement });
  }

  finish(): Redaction {
    const { text, edits } = this;
    if (edits.length === 0) return { text, removed: [], shortened: [] };
    const numbers = new LineNumbers(text);
    const parts: string[] = [];
    const removed: LineRange[] = [];
    const shortened: LineRange[] = [];
    let keptFrom = 0;
    for (const { start, end, replacement } of edits) {
      parts.push(text.slice(keptFrom, start), replacement ?? '');
      keptFrom = replacement === undefined ? end + 1 : end;
      append(replacement === undefined ? removed : shortened, numbers.at(start));
    }
    parts.push(text.slice(keptFrom));
    return { text: parts.join(''), removed, shortened };
  }

  /** An edit of a line above some others takes its place among them, or that of an earlier edit of the line. */
  private insert(edit: Edit): void {
    let index = this.edits.length;
    while (index > 0 && this.edits[index - 1].start > edit.start) index--;
    const isSame = index > 0 && this.edits[index - 1].start === edit.start;
    this.edits.splice(isSame ? index - 1 : index, isSame ? 1 : 0, edit);
  }
}

function append(ranges: LineRange[], number: number): void {
  const previous = ranges.at(-1);
  if (previous?.last === number - 1) ranges[ranges.length - 1] = { first: previous.first, last: number };
  else ranges.push({ first: number, last: number });
}

/** Numbers of lines, from 1, asked for in rising order. */
class LineNumbers {
  private readonly text: string;
  private position = 0;
  private number = 1;

  constructor(text: string) {
    this.text = text;
  }

  /** Of the line that begins at `start`. */
  at(start: number): number {
    for (let lineFeed = this.text.indexOf('\n', this.position); lineFeed !== -1 && lineFeed < start;) {
      this.number++;
      this.position = lineFeed + 1;
      lineFeed = this.text.indexOf('\n', this.position);
    }
    return this.number;
  }
}
