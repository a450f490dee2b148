import { IgnoreRules } from './ignore-rules.ts';
import { isReasonOf, varyingReason } from '../reasons.ts';
import { gitignorePatterns } from './setting-patterns.ts';

/** Why a root is among what is left out: its settings name a pattern that nothing in it matches. */
export function unmatchedReason(pattern: string): string {
  return varyingReason('unmatched', JSON.stringify(pattern));
}

/** Whether `reason` is one of `unmatchedReason`. */
export function isUnmatchedReason(reason: string): boolean {
  return isReasonOf(reason, 'unmatched');
}

/** Whether a pattern that matches nothing is reported: one that takes nothing back. */
export function isChecked(pattern: string): boolean {
  return pattern.trim() !== '' && !pattern.startsWith('!') && !pattern.startsWith('#');
}

/** Patterns of the settings for one root. */
export class RootPatterns {
  readonly isEmpty: boolean;
  private readonly rules: IgnoreRules;
  private readonly unmatched: Set<string>;
  /** The rule of each pattern that may still be in `unmatched`. */
  private readonly single: Map<string, IgnoreRules>;

  /**
   * @param root its path as given, to which absolute patterns are relative
   * @param unmatched of all roots together, from which those that match something are removed
   */
  constructor(root: string, patterns: readonly string[], unmatched: Set<string>) {
    const rulesOf = (chosen: readonly string[]): IgnoreRules =>
      IgnoreRules.none.with('', chosen.flatMap((pattern) => gitignorePatterns(pattern, root)).join('\n'));
    this.isEmpty = patterns.length === 0;
    this.rules = rulesOf(patterns);
    this.unmatched = unmatched;
    const checked = patterns.filter((pattern) => unmatched.has(pattern));
    this.single = new Map(checked.map((pattern) => [pattern, rulesOf([pattern])]));
  }

  matchesFile(below: string): boolean {
    this.note((rule) => rule.ignoresFile(below));
    return this.rules.ignoresFile(below);
  }

  matchesFolder(below: string): boolean {
    this.note((rule) => rule.ignoresFolder(below));
    return this.rules.ignoresFolder(below);
  }

  private note(matches: (rule: IgnoreRules) => boolean): void {
    for (const [pattern, rule] of this.single) {
      if (this.unmatched.has(pattern) && !matches(rule)) continue;
      this.unmatched.delete(pattern);
      this.single.delete(pattern);
    }
  }
}
