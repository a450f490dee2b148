import { normalized } from '../../common/text.ts';
import type { ContextModel } from '../../context-model/index.ts';
import { RatedText, type Likelier, type LineBits, type LineSurprise } from '../../surprise/index.ts';
import { syntaxOf } from '../text/language-syntax.ts';
import type { KnownTexts } from './known-texts.ts';
import { LeftOutLines } from './left-out-lines.ts';

/** Lines from `from` to before `to`. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** A document of which lines are to be rated. */
export interface DocumentToRate {
  readonly document: string;
  readonly text: string;
  /** VS Code's identifier. */
  readonly languageId: string;
  /** Lines that are to be rated first, such as those on screen; then come all others. */
  readonly first: readonly LineRange[];
}

/** Longer lines are data, and would hold up everything else. */
const MAX_LINE_UNITS = 1_000;
/** Limit on what is kept of lines read, in UTF-16 units; four bytes a unit and value. */
const MAX_KEPT_UNITS = 2e6;

/** What was read of a line. */
interface KeptLine {
  readonly bits: LineBits;
  /** Found where the line was surprising. */
  likelier: Likelier | undefined;
}

/**
 * An open document whose lines are rated again and again as it changes. A line is read again only if it or the one
 * before it has changed; what is counted of all lines is counted anew.
 */
export class RatedDocument {
  readonly contextModel: ContextModel;
  private readonly name: string;
  private lines: LeftOutLines | undefined;
  /** What was read of lines, by the line and the one before it. */
  private readonly kept = new Map<string, KeptLine>();
  private keptUnits = 0;

  constructor(contextModel: ContextModel, name: string) {
    this.contextModel = contextModel;
    this.name = name;
  }

  /** Drops what was read of lines, since other files have changed. */
  forgetLines(): void {
    this.kept.clear();
    this.keptUnits = 0;
  }

  /** Rates the lines in order; it may pause at each yield, and must be ended or closed before it is called again. */
  *rate(
    { text: raw, languageId, first }: DocumentToRate,
    { words }: KnownTexts,
  ): Generator<LineSurprise | undefined, void, void> {
    const text = normalized(raw);
    if (this.lines) this.lines.replace(text);
    else this.lines = new LeftOutLines(this.contextModel, this.name, text);
    yield;
    const rated = yield* RatedText.reading(text, syntaxOf(languageId), words);
    const lines = text.split(/(?<=\n)/);
    for (const range of rangesInOrder(first, this.lines.count)) {
      for (let line = range.from; line < range.to; line++) {
        const keyOf = (at: number) => `${lines[at - 1] ?? ''}${lines[at]}`;
        if (lines[line].length > MAX_LINE_UNITS) continue;
        if (!this.kept.has(keyOf(line))) {
          let end = line + 1;
          while (end < range.to && lines[end].length <= MAX_LINE_UNITS && !this.kept.has(keyOf(end))) end++;
          for (const read of this.lines.read(line, end)) {
            if (!read) {
              yield;
              continue;
            }
            const kept = this.keep(keyOf(read.line), read.bits);
            yield rated.rate(read.line, read.bits, () => (kept.likelier = read.likelier()));
          }
          line = end - 1;
        } else {
          const { bits, likelier } = this.kept.get(keyOf(line))!;
          yield rated.rate(line, bits, () => likelier);
        }
      }
    }
  }

  dispose(): void {
    this.lines?.dispose();
  }

  private keep(key: string, bits: LineBits): KeptLine {
    this.keptUnits += bits.actual.length;
    if (this.keptUnits > MAX_KEPT_UNITS) this.forgetLines();
    const line = { bits, likelier: undefined };
    this.kept.set(key, line);
    return line;
  }
}

/** The ranges within `count` lines, and then all lines that are in none of them. */
function rangesInOrder(first: readonly LineRange[], count: number): LineRange[] {
  const within = first
    .map(({ from, to }) => ({ from: Math.max(0, from), to: Math.min(to, count) }))
    .filter(({ from, to }) => from < to);
  const rest: LineRange[] = [];
  let from = 0;
  for (const range of within.toSorted((a, b) => a.from - b.from)) {
    if (range.from > from) rest.push({ from, to: range.from });
    from = Math.max(from, range.to);
  }
  if (from < count) rest.push({ from, to: count });
  return [...within, ...rest];
}
