/** What the lines after a credential's name may hold. `indent` is that of the line with the name. */
export type Expectation =
  /** The value itself. */
  | { readonly form: 'value'; readonly indent: number; readonly blanks: number }
  /** An operator and the value. */
  | { readonly form: 'operator'; readonly indent: number }
  /** `value: …` beside `name: PASSWORD`. */
  | { readonly form: 'keyed value'; readonly indent: number; readonly lines: number }
  /** All deeper lines, as a block of YAML. */
  | { readonly form: 'block'; readonly indent: number; readonly lines: number }
  /** The rest of a plain YAML value that goes on over deeper lines. */
  | { readonly form: 'folded'; readonly indent: number }
  /** Deeper lines of keys and values, or of values. */
  | { readonly form: 'mapping'; readonly indent: number; readonly lines: number }
  /** Deeper lines with literals; tokens may be words of a grammar, so of these only `random` ones count. */
  | { readonly form: 'list'; readonly indent: number; readonly lines: number; readonly random: boolean }
  /** Everything to a closing quote, the delimiter of a here document, or ('') a line without a backslash. */
  | { readonly form: 'until'; readonly end: string; readonly lines: number }
  /** Rows of a table with a column of credentials. */
  | { readonly form: 'rows' }
  /** Literals joined with the one before. */
  | { readonly form: 'joined' };

/** What one line gave: whether it is to go, and what that means for the next. */
export interface Finding {
  readonly secret: boolean;
  readonly next?: Expectation | undefined;
}

export const NOTHING: Finding = { secret: false };
