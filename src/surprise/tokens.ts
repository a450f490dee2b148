/** Comment and string rules of a language, as far as tokens depend on them. */
export interface TokenSyntax {
  /** What begins a comment that ends with its line. */
  readonly lineComments: readonly string[];
  /** What begins and ends a comment, or a string of several lines. */
  readonly blockComments: readonly (readonly [open: string, close: string])[];
  /** Each ends a string that it opens. */
  readonly quotes: string;
  /** Whether `'` encloses one character. */
  readonly hasCharacterQuote: boolean;
}

export const KINDS = ['word', 'number', 'sign', 'space', 'indentation', 'newline'] as const;

export type TokenKind = (typeof KINDS)[number];

export interface Token {
  readonly kind: TokenKind;
  /** Whether it stands in a comment, or within the quotes of a string. */
  readonly isProse: boolean;
  /** UTF-16 offsets in the text. */
  readonly start: number;
  readonly end: number;
  /** Index of its line, from 0. */
  readonly line: number;
  /**
   * What it is counted as: numbers as a few classes, and indentation, of which every line has one, by the columns more
   * or fewer than in the last line that is not blank.
   */
  readonly text: string;
}

interface Area {
  readonly start: number;
  readonly end: number;
}

/** What the indentation of a blank line is counted as. */
const BLANK_LINE = '\n';

const TOKEN =
  /\n|[\p{L}_$][\p{L}\p{M}\p{N}_$]*|\p{N}[\p{L}\p{N}_]*(?:\.\p{N}[\p{L}\p{N}_]*)*|[^\S\n]+|[<>=!+\-*/%&|^~?:]{1,3}|[^]/gu;

/** The tokens of a text, all of it covered, in order. Line ends are LF. */
export function tokensOf(text: string, syntax: TokenSyntax): Token[] {
  return [...eachToken(text, syntax)];
}

/** The same one by one. */
export function* eachToken(text: string, syntax: TokenSyntax): Generator<Token, void, void> {
  const areas = proseAreas(text, syntax);
  let area = 0;
  let line = 0;
  let columns = 0;
  let isLineStart = true;
  for (const { 0: found, index: start } of text.matchAll(TOKEN)) {
    while (area < areas.length && areas[area].end <= start) area++;
    const isProse = area < areas.length && areas[area].start <= start;
    const kind = kindOf(found);
    const end = start + found.length;
    if (isLineStart) {
      const isBlank = kind === 'newline' || (kind === 'space' && (end === text.length || text[end] === '\n'));
      const width = kind === 'space' ? found.length : 0;
      const change = isBlank ? BLANK_LINE : `\n${width - columns}`;
      yield { kind: 'indentation', isProse, start, end: start + width, line, text: change };
      if (!isBlank) columns = width;
    }
    if (!isLineStart || kind !== 'space') {
      const counted = kind === 'number' ? numberClass(found) : found;
      yield { kind, isProse, start, end, line, text: counted };
    }
    isLineStart = kind === 'newline';
    if (isLineStart) line++;
  }
}

function kindOf(found: string): TokenKind {
  if (found === '\n') return 'newline';
  if (/^\s/u.test(found)) return 'space';
  if (isWord(found)) return 'word';
  return /^\p{N}/u.test(found) ? 'number' : 'sign';
}

/** Whether the text of a token is a word's. */
export function isWord(text: string): boolean {
  return /^[\p{L}_$]/u.test(text);
}

/** Small numbers mean something by themselves; others are alike. */
function numberClass(found: string): string {
  return found.length === 1 ? found : '#';
}

/** Comments, and what stands between quotes, in order. A string ends with its line, but for one in back quotes. */
function proseAreas(text: string, syntax: TokenSyntax): Area[] {
  const areas: Area[] = [];
  for (const match of text.matchAll(areaPattern(syntax))) {
    const [found] = match;
    const isQuoted = match.groups?.['quoted'] !== undefined;
    const start = match.index + (isQuoted ? 1 : 0);
    const end =
      match.index + found.length - (isQuoted && found.length > 1 && found.at(-1) === found[0] ? 1 : 0);
    if (end > start) areas.push({ start, end });
  }
  return areas;
}

const patterns = new WeakMap<TokenSyntax, RegExp>();

function areaPattern(syntax: TokenSyntax): RegExp {
  const known = patterns.get(syntax);
  if (known) return known;
  const { lineComments, blockComments, quotes, hasCharacterQuote } = syntax;
  const comments = [
    ...blockComments.map(([open, close]) => `${escaped(open)}[^]*?(?:${escaped(close)}|$(?![^]))`),
    ...lineComments.map((marker) => `${marker.length > 1 ? '' : '(?<!\\S)'}${escaped(marker)}.*`),
  ];
  const strings = [...quotes].map((quote) => {
    const inner = quote === '`' ? `[^\\\\${quote}]` : `[^\\\\${quote}\\n]`;
    const before = quote === "'" ? '(?<![\\p{L}\\p{N}_])' : '';
    return `${before}${quote}(?:\\\\[^]|${inner})*${quote}?`;
  });
  if (hasCharacterQuote) strings.push(`'(?:\\\\[^'\\n]*|[^\\\\'\\n])'`);
  const alternatives = [...comments, ...(strings.length > 0 ? [`(?<quoted>${strings.join('|')})`] : [])];
  const pattern = new RegExp(alternatives.length > 0 ? alternatives.join('|') : '(?!)', 'gu');
  patterns.set(syntax, pattern);
  return pattern;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
