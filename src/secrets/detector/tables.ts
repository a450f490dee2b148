import { NOTHING } from './finding.ts';
import type { Expectation, Finding } from './finding.ts';
import { credentialNames } from '../rules/names.ts';
import type { NameStrength } from '../rules/names.ts';
import { isSecretLiteral, isSecretValue } from '../rules/values.ts';
import { literalsIn } from '../string-literals.ts';

/** Lines that the columns of one `CREATE TABLE` may take. */
const MAX_COLUMN_LINES = 300;
/** Characters of a statement that are read at once. */
const MAX_STATEMENT = 4_000;

const IDENTIFIER = String.raw`[\w."'\`\[\]$]{1,120}`;
const CREATE = new RegExp(
  `\\bcreate\\s+(?:\\w+\\s+){0,3}table\\s+(?:if\\s+not\\s+exists\\s+)?(${IDENTIFIER})\\s*(\\(.*)?$`,
  'i',
);
const INSERT = new RegExp(`\\b(?:insert|replace)\\s+(?:\\w+\\s+){0,2}into\\s+(${IDENTIFIER})\\s*(.*)$`, 'is');
const COPY = new RegExp(`\\bcopy\\s+(${IDENTIFIER})\\s*(\\([^()]*\\))?\\s+from\\s+stdin\\b`, 'i');
/** The columns of an INSERT, and what follows `VALUES`. */
const COLUMNS = /^\(([^()]{0,2000})\)\s*(?:(?:values|select)\b)?(.*)$/is;
const VALUES = /^(?:values|select)\b(.*)$/is;
/** Tables that hold accounts whatever their columns are called. */
const ACCOUNT_TABLE = /user|account|login|member|credential|admin|customer/i;

/** Which tables of a text have a column for credentials, and which lines put rows into these. */
export class SqlTables {
  private readonly withCredentials = new Set<string>();

  /** Reads a statement on `line`, or the columns that an earlier one expects there. */
  read(line: string, expected: Expectation | undefined): Finding {
    const statement = line.slice(0, MAX_STATEMENT);
    if (expected?.form === 'columns') return this.readColumns(expected, statement);
    const created = CREATE.exec(statement);
    if (created !== null) {
      const [, name, columns = ''] = created;
      return this.readColumns({ form: 'columns', table: tableName(name), lines: 0 }, columns);
    }
    const copied = COPY.exec(statement);
    if (copied !== null) {
      const holds =
        copied[2] === undefined ? this.withCredentials.has(tableName(copied[1])) : namesCredential(copied[2]);
      return holds ? { secret: false, next: { form: 'copied rows' } } : NOTHING;
    }
    const inserted = INSERT.exec(statement);
    return inserted === null ? NOTHING : this.insertedRows(tableName(inserted[1]), inserted[2]);
  }

  private readColumns(expected: Expectation & { form: 'columns' }, text: string): Finding {
    if (namesCredential(text.replaceAll(/'[^']*'/g, ''))) this.withCredentials.add(expected.table);
    const isOver = /\)\s*(?:;|\w[^,]*;)\s*$|^\s*\)/.test(text) || expected.lines >= MAX_COLUMN_LINES;
    return { secret: false, next: isOver ? undefined : { ...expected, lines: expected.lines + 1 } };
  }

  /** @param rest what follows the table's name. */
  private insertedRows(table: string, rest: string): Finding {
    const named = COLUMNS.exec(rest);
    const [holds, rows] =
      named === null
        ? [this.withCredentials.has(table), VALUES.exec(rest)?.[1] ?? rest]
        : [namesCredential(named[1]), named[2]];
    if (holds) return { secret: holdsLiteral(rows), next: { form: 'rows' } };
    const isAccount = named === null && ACCOUNT_TABLE.test(table);
    return { secret: isAccount && literalsIn(rows).some(isMixedPassword) };
  }
}

/** Whether columns, or their definitions, name a credential. */
function namesCredential(columns: string): boolean {
  return [...credentialNames(columns)].some(
    ({ strength, words }) => strength === 'strong' || /token/.test(words.join(' ')),
  );
}

const tableName = (written: string): string =>
  written
    .replaceAll(/["'`[\]]/g, '')
    .replace(/^.*\./, '')
    .toLowerCase();

const holdsLiteral = (rows: string): boolean => /'[^']+'|"[^"]+"/.test(rows);

/** Letters, digits and a sign: what nothing else in a row of accounts looks like. */
const isMixedPassword = (literal: string): boolean =>
  /^[^\s@:/]{8,40}$/.test(literal) &&
  /\d/.test(literal) &&
  /\p{L}/u.test(literal) &&
  /[!?#$%&*+=^~]/.test(literal);

/** A row of a table after its header or statement. */
export function followTable(
  expected: Expectation & { form: 'rows' | 'cells' | 'copied rows' | 'columns' },
  line: string,
): Finding {
  switch (expected.form) {
    case 'rows':
      if (/^\s*values\s*$/i.test(line)) return { secret: false, next: expected };
      return /^\s*(?:values\s*)?[|:(,]/i.test(line)
        ? { secret: /['"|:]/.test(line), next: expected }
        : NOTHING;
    case 'copied rows':
      return /^\\\.\s*$|^\s*$/.test(line) ? NOTHING : { secret: true, next: expected };
    case 'cells':
      return followCells(expected, line);
    case 'columns':
      return NOTHING;
  }
}

function followCells(expected: Expectation & { form: 'cells' }, line: string): Finding {
  const cells = cellsOf(line, expected.separator);
  if (cells.length !== expected.count) return NOTHING;
  const secret = expected.columns.some((column) => {
    const cell = cells[column];
    return /\s/.test(cell)
      ? isSecretLiteral(cell, expected.strength)
      : isSecretValue(cell, expected.strength);
  });
  return { secret, next: expected };
}

/** The cells that a first line expects below it, where it is the header of a table with a column of credentials. */
export function cellsBelow(header: string): (Expectation & { form: 'cells' }) | undefined {
  for (const separator of ['\t', ';', ',', '|', ':']) {
    const cells = cellsOf(header, separator);
    if (separator === ':' && /\s/.test(header)) continue;
    if (cells.length < 2 || !cells.every((cell) => /^[\p{L}_][\p{L}\p{N}_ .-]{0,40}$/u.test(cell))) continue;
    const strengths = cells.map((cell) => strengthOfColumn(cell));
    const columns = [...strengths.keys()].filter((column) => strengths[column] !== undefined);
    if (columns.length === 0) return undefined;
    const strength = columns.some((column) => strengths[column] === 'strong') ? 'strong' : 'descriptive';
    return { form: 'cells', separator, count: cells.length, columns, strength };
  }
  return undefined;
}

/** A column that is nothing but the name of a credential. */
function strengthOfColumn(cell: string): NameStrength | undefined {
  const [name] = credentialNames(cell);
  if (name === undefined || name.strength === 'descriptive' || name.end - name.start !== cell.length)
    return undefined;
  return name.strength;
}

const cellsOf = (line: string, separator: string): string[] =>
  line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));

/** Whether a row of Markdown has a cell that is nothing but the name of a credential. */
export function isTableHeader(row: string): boolean {
  return row.includes('|') && row.split('|').some((cell) => strengthOfColumn(cell.trim()) === 'strong');
}

/** The line of dashes between a Markdown table's header and its rows. */
export const isTableRule = (line: string): boolean => /^\s*\|?[\s:|-]*-[\s:|-]*$/.test(line);
