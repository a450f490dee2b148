import { follow } from './continued-values.ts';
import { NOTHING } from './finding.ts';
import type { Expectation } from './finding.ts';
import { findPairs } from './pairs.ts';
import { cellsBelow, isTableHeader, isTableRule, SqlTables } from './tables.ts';
import { subjectsOf } from '../prefilter/hints.ts';
import type { Subject } from '../prefilter/hints.ts';
import { hasRandomString } from '../random-strings.ts';
import { matchesRule } from '../rules/rule.ts';
import type { SourceContext } from '../text-kind.ts';

/** What a line was found to be. */
export interface LineVerdict {
  /** The line holds a credential or a part of one. */
  readonly secret: boolean;
  /** It names a credential whose value may stand under `value` on a line before it. */
  readonly valueBefore: boolean;
}

/**
 * Says of the lines of one text, which have to come in order, whether they hold credentials or parts of some: by names
 * and their values, by the table of rules, by random strings, and by what earlier lines lead to expect.
 */
export class LineDetector {
  private readonly context: SourceContext;
  private readonly tables = new SqlTables();
  private expectation: Expectation | undefined;
  /** What the first line of the text, not read yet, leads to expect below it. */
  private belowHeader: Expectation | undefined;
  /** The line before may be the header of a table in Markdown. */
  private isTableHeader = false;

  constructor(context: SourceContext) {
    this.context = context;
  }

  /** Whether the next line must be looked at whatever is on it, because a credential may continue there. */
  get isWaiting(): boolean {
    return this.expectation !== undefined || this.belowHeader !== undefined || this.isTableHeader;
  }

  /** Looks at the first line of the text, before any is read: it may name the columns of a table. */
  readHeader(line: string): void {
    if (this.context.kind !== 'code') this.belowHeader = cellsBelow(line);
  }

  /** Reads the next line of the text; lines without any hint of the prefilter may be left out. */
  read(written: string): LineVerdict {
    const { kind, speaksToUsers } = this.context;
    const expected = this.expectation;
    const line = kind === 'prose' ? withoutMarkup(written) : written;
    const subjects = subjectsOf(line);
    const continued =
      expected === undefined ? NOTHING : follow(expected, expected.form === 'cells' ? written : line, kind);
    const isStatement = subjects.has('statement') || expected?.form === 'columns';
    const table = isStatement ? this.tables.read(line, expected) : NOTHING;
    const pairs = subjects.has('name') ? findPairs(line, kind, speaksToUsers) : NOTHING;
    const isBelowHeader = this.isTableHeader && isTableRule(written);
    this.isTableHeader = kind === 'prose' && subjects.has('name') && isTableHeader(written);
    this.expectation = isBelowHeader
      ? { form: 'rows' }
      : (table.next ?? strongerOf(pairs.next, continued.next));
    if (this.belowHeader !== undefined) this.expectation = this.belowHeader;
    this.belowHeader = undefined;
    const secret =
      continued.secret ||
      table.secret ||
      pairs.secret ||
      matchesAny(subjects, line) ||
      hasRandomString(line, this.context) ||
      this.isEscapedSecret(line, subjects);
    return { secret, valueBefore: pairs.valueBefore ?? false };
  }

  /** Text in a literal has literals of its own: `"{\"password\": \"…\"}"`. */
  private isEscapedSecret(line: string, subjects: ReadonlySet<Subject>): boolean {
    if (subjects.size === 0 || !line.includes('\\"')) return false;
    const inner = line.replaceAll('\\"', "'");
    return (
      findPairs(inner, this.context.kind, this.context.speaksToUsers).secret ||
      matchesAny(subjectsOf(inner), inner)
    );
  }
}

/** Whether a rule among `subjects` finds a credential on `line`. */
function matchesAny(subjects: ReadonlySet<Subject>, line: string): boolean {
  for (const subject of subjects) if (typeof subject !== 'string' && matchesRule(subject, line)) return true;
  return false;
}

/** Rows of a table go on; else what a line gave itself counts first, unless it is no more than a name at its end. */
function strongerOf(
  own: Expectation | undefined,
  continued: Expectation | undefined,
): Expectation | undefined {
  if (continued?.form === 'cells') return continued;
  return own === undefined || own.form === 'operator' ? (continued ?? own) : own;
}

/** Emphasis and table columns of Markdown stand between a name and its value. */
function withoutMarkup(line: string): string {
  return line.replaceAll(/\*|(?<!`)`(?!`)/g, '').replaceAll('|', ':');
}
