/** `-----BEGIN … -----` of PEM (RFC 7468), of OpenPGP (RFC 9580) and of SSH (RFC 4716, four dashes and a space). */
const BEGIN = /-{4,5} ?BEGIN [A-Z0-9][A-Za-z0-9 #,.()-]{0,60}?-{4,5}/g;
const END = /-{4,5} ?END [A-Z0-9]/g;

/** A block that begins inside other text, such as a literal, ends within so many UTF-16 units. */
const MAX_EMBEDDED_UNITS = 8_000;
const BASE64_LINE = /[A-Za-z0-9+/=]{40,}/;

/** The blocks of keys, certificates and encrypted messages in a text; linear in the text. */
export class KeyBlocks {
  private readonly text: string;
  private from = 0;
  private to = 0;
  private endMarker = -1;

  constructor(text: string) {
    this.text = text;
    this.find(0);
  }

  /** Whether any of [start, end), a line, is in a block; to be asked in rising order, as `next`. */
  includes(start: number, end: number): boolean {
    this.next(start);
    return this.from < end && start < this.to;
  }

  /** The first index at or after `start` that is in a block; the length of the text where there is none. */
  next(start: number): number {
    while (this.to <= start && this.from < this.text.length) this.find(Math.max(start, this.to));
    return Math.max(this.from, start);
  }

  private find(position: number): void {
    BEGIN.lastIndex = position;
    const begin = BEGIN.exec(this.text);
    if (begin === null) {
      this.from = this.text.length;
      this.to = this.text.length;
      return;
    }
    this.from = begin.index;
    this.to = this.endOf(begin.index, begin.index + begin[0].length);
  }

  /** A block that is never closed extends to the end of the text, or inside code as far as its lines are base64. */
  private endOf(begin: number, afterBegin: number): number {
    const lineStart = this.text.lastIndexOf('\n', begin) + 1;
    const lineEnd = this.endOfLine(afterBegin);
    const bare =
      /^[\s>#*|/]*$/.test(this.text.slice(Math.max(lineStart, begin - 200), begin)) &&
      this.text.slice(afterBegin, lineEnd).trim() === '';
    const end = this.endMarkerAfter(afterBegin);
    if (end < (bare ? this.text.length : afterBegin + MAX_EMBEDDED_UNITS)) return this.endOfLine(end);
    if (bare) return this.text.length;
    let to = lineEnd;
    while (to < this.text.length) {
      const next = this.endOfLine(to + 1);
      if (!BASE64_LINE.test(this.text.slice(to + 1, next))) break;
      to = next;
    }
    return to;
  }

  /** The next end marker, searched for once however many blocks begin before it; the text's length where there is none. */
  private endMarkerAfter(position: number): number {
    if (this.endMarker < position) {
      END.lastIndex = position;
      this.endMarker = END.exec(this.text)?.index ?? this.text.length;
    }
    return this.endMarker;
  }

  private endOfLine(position: number): number {
    const lineFeed = this.text.indexOf('\n', position);
    return lineFeed === -1 ? this.text.length : lineFeed;
  }
}
