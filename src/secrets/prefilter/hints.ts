import { RULES } from '../rules/index.ts';
import { NAME_KEYWORDS } from '../rules/names.ts';
import type { Keyword, Rule } from '../rules/rule.ts';
import { STATEMENT_KEYWORDS } from '../rules/statements.ts';
import type { TextKind } from '../text-kind.ts';
import { KeywordIndex } from './keyword-index.ts';
import { searchBase85, searchRun } from './runs.ts';

/** What a keyword leads to: a rule, or one of the parts of the detector that are no rules. */
export type Subject = Rule | 'name' | 'statement' | 'markup';

const KEYWORDS: readonly (readonly [Keyword, Subject])[] = [
  ...NAME_KEYWORDS.map((keyword) => [keyword, 'name'] as const),
  ...STATEMENT_KEYWORDS.map((keyword) => [keyword, 'statement'] as const),
  ...RULES.flatMap((rule) => rule.keywords.map((keyword) => [keyword, rule] as const)),
];
/** In prose markup may stand inside a name, and is removed before the line is looked at. */
const PROSE_KEYWORDS: typeof KEYWORDS = [
  ...KEYWORDS,
  ...['*', '`', '|'].map((markup) => [markup, 'markup'] as const),
];

/** Made when they are first needed, since each takes some milliseconds of a program's start. */
const made = new Map<typeof KEYWORDS, KeywordIndex<Subject>>();

function indexOf(keywords: typeof KEYWORDS): KeywordIndex<Subject> {
  const index = made.get(keywords) ?? new KeywordIndex<Subject>(keywords);
  made.set(keywords, index);
  return index;
}

/** What `line` may have to do with by its keywords; nothing else is looked for on it. */
export function subjectsOf(line: string): ReadonlySet<Subject> {
  return indexOf(KEYWORDS).ownersIn(line);
}

/** A text is searched in pieces of about this many UTF-16 units, cut at line ends. */
const PIECE_UNITS = 256 * 1024;

/** Finds the lines of one text that may hold a credential or lead to one, from the first to the last. */
export class LineHints {
  private readonly text: string;
  private readonly keywords: KeywordIndex<Subject>;
  private pieceEnd = 0;
  private keyword = -1;
  private run = -1;
  private base85 = -1;

  constructor(text: string, kind: TextKind) {
    this.text = text;
    this.keywords = indexOf(kind === 'prose' ? PROSE_KEYWORDS : KEYWORDS);
  }

  /** The text has been searched up to here: the start of a line, or the end of the text. */
  get end(): number {
    return this.pieceEnd;
  }

  /** An index on the first line with a hint at or after `start`, the start of a line; `end` where there is none before. */
  next(start: number): number {
    const { text } = this;
    if (start >= this.pieceEnd) {
      const lineFeed = text.indexOf('\n', start + PIECE_UNITS);
      this.pieceEnd = lineFeed === -1 ? text.length : lineFeed + 1;
      this.keyword = this.run = this.base85 = -1;
    }
    if (this.keyword < start) this.keyword = this.keywords.search(text, start, this.pieceEnd);
    if (this.run < start) this.run = searchRun(text, start, this.pieceEnd);
    if (this.base85 < start) this.base85 = searchBase85(text, start, this.pieceEnd);
    return Math.min(this.keyword, this.run, this.base85);
  }
}
