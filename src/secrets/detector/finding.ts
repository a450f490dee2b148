import type { NameStrength } from '../rules/names.ts';

/** What the lines after a line may hold because of it; `indent` is that of the line with the credential's name. */
export type Expectation =
  /** The value itself. */
  | {
      readonly form: 'value';
      readonly indent: number;
      readonly strength: NameStrength;
      readonly blanks: number;
    }
  /** An operator and the value. */
  | { readonly form: 'operator'; readonly indent: number; readonly strength: NameStrength }
  /** `value: …` below `name: PASSWORD`. */
  | { readonly form: 'keyed value'; readonly indent: number; readonly lines: number }
  /** All deeper lines, as a block of YAML. */
  | { readonly form: 'block'; readonly indent: number; readonly lines: number }
  /** The rest of a plain YAML value that continues over deeper lines; behind a plain word only `random` ones count. */
  | { readonly form: 'folded'; readonly indent: number; readonly random: boolean }
  /** Deeper lines of keys and values, or of values. */
  | {
      readonly form: 'mapping';
      readonly indent: number;
      readonly strength: NameStrength;
      readonly lines: number;
    }
  /** Deeper lines with literals; where tokens may be words of a grammar only `random` ones count. */
  | { readonly form: 'list'; readonly indent: number; readonly lines: number; readonly random: boolean }
  /** Everything to a closing quote, the delimiter of a here document, or ('') a line without a backslash. */
  | { readonly form: 'until'; readonly end: string; readonly lines: number }
  /** Literals joined with the one before. */
  | { readonly form: 'joined' }
  /** Rows of a table, all of which hold a credential. */
  | { readonly form: 'rows' }
  /** Rows of cells, of which those in `columns` (from 0) are credentials. */
  | {
      readonly form: 'cells';
      readonly separator: string;
      readonly count: number;
      readonly columns: readonly number[];
      readonly strength: NameStrength;
    }
  /** Rows of `COPY … FROM stdin` of PostgreSQL, up to a line with a backslash and a dot. */
  | { readonly form: 'copied rows' }
  /** The columns of `CREATE TABLE`, up to the closing bracket. */
  | { readonly form: 'columns'; readonly table: string; readonly lines: number };

/** What one line gave: whether it is to be removed, and what that means for its neighbours. */
export interface Finding {
  readonly secret: boolean;
  /** What the next line may hold. */
  readonly next?: Expectation | undefined;
  /** The line names a credential whose value may stand under `value` on a line before it. */
  readonly valueBefore?: boolean;
}

export const NOTHING: Finding = { secret: false };
