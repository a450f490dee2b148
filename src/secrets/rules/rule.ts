/** A text that a line must hold for a rule to apply. */
export type Keyword =
  /** Found whatever the case; where it has capitals itself, only as it is written. */
  | string
  /** Found whatever the case, and only where `guard` matches from its first character on. */
  | { readonly text: string; readonly guard: RegExp };

/**
 * One way to write a credential, as data. A rule is tried only on lines that hold one of its keywords, and the
 * prefilter is built from these, so that no rule can be missing from it.
 */
export interface Rule {
  /** Unique, in kebab case. */
  readonly id: string;
  readonly keywords: readonly Keyword[];
  /** Matches within a line, in time linear in its length. */
  readonly pattern: RegExp;
  /** The documentation of the format, or the rule set it comes from. */
  readonly source: string;
  /** Whether a match is a credential; without it every match is. */
  readonly accepts?: (match: RegExpMatchArray) => boolean;
}

/** Whether `line` holds a credential by `rule`. */
export function matchesRule(rule: Rule, line: string): boolean {
  const { pattern, accepts } = rule;
  if (accepts === undefined) return pattern.test(line);
  if (pattern.global) return [...line.matchAll(pattern)].some(accepts);
  const match = pattern.exec(line);
  return match !== null && accepts(match);
}
