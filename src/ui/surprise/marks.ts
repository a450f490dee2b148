import type { LineSurprise, TokenSurprise } from '../../surprise/index.ts';

/** How strongly a token is marked. */
export type MarkLevel = 'surprising' | 'verySurprising';

/** A part of a line that is marked, in UTF-16 columns from 0. */
export interface Mark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly level: MarkLevel;
  readonly token: TokenSurprise;
  /** Bits of the whole line. */
  readonly lineSurprise: number;
}

/** From so many times the threshold on, a token is very surprising. */
const VERY = 2;
/** In a line that is marked, tokens with at least this part of the threshold are, too. */
const SHARE = 0.5;
/** Lines that the overview ruler shows. */
const MAX_RULER_LINES = 10;

/**
 * What is marked of rated lines: in each line with at least `threshold` bits the tokens that make it so.
 * @param lengthOf number of UTF-16 units of a line
 */
export function marksOf(
  lines: Iterable<LineSurprise>,
  threshold: number,
  lengthOf: (line: number) => number,
): Mark[] {
  const marks: Mark[] = [];
  for (const { line, surprise, worst, tokens } of lines) {
    if (surprise < threshold) continue;
    const marked = tokens.filter((token) => token.surprise >= threshold * SHARE);
    for (const token of marked.length > 0 ? marked : [worst]) {
      const level = token.surprise >= threshold * VERY ? 'verySurprising' : 'surprising';
      marks.push({ line, ...visibleRange(token, lengthOf(line)), level, token, lineSurprise: surprise });
    }
  }
  return marks;
}

/** The first mark of the next line below `line` that has one, or of the first where there is none below. */
export function nextMark(marks: readonly Mark[], line: number): Mark | undefined {
  const sorted = marks.toSorted((a, b) => a.line - b.line || a.start - b.start);
  return sorted.find((mark) => mark.line > line) ?? sorted[0];
}

/** The lines with the most bits, which the overview ruler shows. */
export function rulerLines(lines: Iterable<LineSurprise>, threshold: number): number[] {
  return [...lines]
    .filter(({ surprise }) => surprise >= threshold)
    .sort((a, b) => b.surprise - a.surprise)
    .slice(0, MAX_RULER_LINES)
    .map(({ line }) => line);
}

/** A token's columns; where it has no width on screen, such as a line's end, those of the character before or behind it. */
function visibleRange({ start, end }: TokenSurprise, length: number): { start: number; end: number } {
  const last = Math.min(end, length);
  if (start < last) return { start, end: last };
  return start > 0
    ? { start: Math.min(start, length) - 1, end: Math.min(start, length) }
    : { start: 0, end: 1 };
}
