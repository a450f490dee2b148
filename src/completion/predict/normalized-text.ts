import { isHighSurrogate, isLowSurrogate, normalized } from '../../common/text.ts';

/** A change of a text: `removed` UTF-16 units at `offset` give way to `inserted`. */
export interface TextChange {
  readonly offset: number;
  readonly removed: number;
  readonly inserted: string;
  /** Whether an undo or redo made it, so that nothing was typed. */
  readonly isRestored?: boolean;
}

/** Text that is the same when normalised, and does not combine with what stands before it. */
const PLAIN = /^[\t\n -~]*$/;

/** Beginnings of lines in both texts; a line ends with LF. */
interface LineStarts {
  readonly raw: readonly number[];
  readonly normal: readonly number[];
}

/**
 * An editor's text, and the same text as a corpus holds it. Where both differ, only the lines that a change touches are
 * normalised anew: a text's normal form is that of its lines, one after the other.
 */
export class NormalizedText {
  private rawText: string;
  private normalText: string;
  /** Undefined while both texts are the same. */
  private lines: LineStarts | undefined;

  constructor(raw: string) {
    this.rawText = raw;
    this.normalText = raw;
    this.setRaw(raw);
  }

  /** As the editor has it. */
  get raw(): string {
    return this.rawText;
  }

  /** As a corpus holds it. */
  get text(): string {
    return this.normalText;
  }

  /** Where an offset in the editor's text is in the normalised one. */
  offsetOf(rawOffset: number): number {
    if (!this.lines) return rawOffset;
    const { raw, normal } = this.lines;
    const line = lastAtMost(raw, rawOffset);
    return normal[line] + normalized(this.rawText.slice(raw[line], rawOffset)).length;
  }

  /**
   * Changes the editor's text.
   * @param change within the text
   * @returns how the normalised text changed
   */
  change(change: TextChange): TextChange {
    const { offset, removed, inserted } = change;
    const end = offset + removed;
    if (this.lines) return this.changeLines(this.lines, change);
    if (!PLAIN.test(inserted + this.rawText.slice(end, end + 1))) {
      return this.changeLines(lineStarts(this.rawText), change);
    }
    this.rawText = replaced(this.rawText, change);
    this.normalText = this.rawText;
    return change;
  }

  /**
   * Replaces all of the editor's text.
   * @returns how the normalised text changed
   */
  replace(raw: string): TextChange {
    const before = this.normalText;
    this.setRaw(raw);
    return difference(before, this.normalText);
  }

  private setRaw(raw: string): void {
    const normal = normalized(raw);
    const isNormal = normal === raw;
    this.rawText = raw;
    this.normalText = isNormal ? raw : normal;
    this.lines = isNormal ? undefined : lineStarts(raw);
  }

  private changeLines({ raw, normal }: LineStarts, { offset, removed, inserted }: TextChange): TextChange {
    const first = lastAtMost(raw, offset);
    const next = lastAtMost(raw, offset + removed) + 1;
    const rawEnd = raw[next] ?? this.rawText.length;
    const normalEnd = normal[next] ?? this.normalText.length;
    const before = this.rawText.slice(raw[first], offset);
    const rawLines = before + inserted + this.rawText.slice(offset + removed, rawEnd);
    const lines = normalized(rawLines);
    // What is typed before the same character could stand behind it, too.
    const latest = normalized(before).length;
    const changed = difference(this.normalText.slice(normal[first], normalEnd), lines, latest);

    const rawChange = { offset: raw[first], removed: rawEnd - raw[first], inserted: rawLines };
    const normalChange = { offset: normal[first], removed: normalEnd - normal[first], inserted: lines };
    this.rawText = replaced(this.rawText, rawChange);
    this.normalText = replaced(this.normalText, normalChange);
    const starts = lineStarts(rawLines);
    this.lines = {
      raw: moved(raw, first, next, starts.raw, rawChange),
      normal: moved(normal, first, next, starts.normal, normalChange),
    };
    return { ...changed, offset: normalChange.offset + changed.offset };
  }
}

function replaced(text: string, { offset, removed, inserted }: TextChange): string {
  return text.slice(0, offset) + inserted + text.slice(offset + removed);
}

function lineStarts(rawText: string): LineStarts {
  const raw = [0];
  const normal = [0];
  for (let end = rawText.indexOf('\n'); end >= 0; end = rawText.indexOf('\n', end + 1)) {
    normal.push(normal.at(-1)! + normalized(rawText.slice(raw.at(-1), end + 1)).length);
    raw.push(end + 1);
  }
  return { raw, normal };
}

/** Line starts after lines `first` to `next` gave way to those of an inserted text. */
function moved(
  starts: readonly number[],
  first: number,
  next: number,
  inserted: readonly number[],
  { offset, removed, inserted: text }: TextChange,
): number[] {
  const by = text.length - removed;
  // Behind a line end at its end the inserted text has one more line, which is the next one or the text's last.
  const lines = next < starts.length ? inserted.slice(0, -1) : inserted;
  return [
    ...starts.slice(0, first),
    ...lines.map((start) => start + offset),
    ...starts.slice(next).map((start) => start + by),
  ];
}

/** Index of the last of rising numbers that is at most `limit`; there is one. */
function lastAtMost(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (numbers[middle] <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * The smallest change that makes `next` of `text`, with code points kept whole.
 * @param latest where it begins, at the latest: what is typed before the same character could stand behind it, too.
 */
export function difference(text: string, next: string, latest = Infinity): TextChange {
  const most = Math.min(text.length, next.length);
  let start = 0;
  while (start < most && start < latest && text.charCodeAt(start) === next.charCodeAt(start)) start++;
  if (isHighSurrogate(text.charCodeAt(start - 1))) start--;
  let end = 0;
  while (
    end < most - start &&
    text.charCodeAt(text.length - 1 - end) === next.charCodeAt(next.length - 1 - end)
  ) {
    end++;
  }
  if (isLowSurrogate(text.charCodeAt(text.length - end))) end--;
  return {
    offset: start,
    removed: text.length - end - start,
    inserted: next.slice(start, next.length - end),
  };
}
