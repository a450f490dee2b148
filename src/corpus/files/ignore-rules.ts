import ignore from 'ignore';
import type { Ignore } from 'ignore';

/** Outside Git's repositories, which say how the file system compares names, these are the usual answers. */
const IGNORES_CASE = process.platform === 'win32' || process.platform === 'darwin';

/**
 * What `.gitignore` files say, as documented in gitignore(5): later lines win over earlier ones, deeper files
 * over those above, and nothing below an ignored folder can be taken back. Immutable. All paths are relative to
 * one base folder, with `/` between segments, and without one at either end.
 */
export class IgnoreRules {
  static readonly none = IgnoreRules.empty(IGNORES_CASE);

  private readonly rules: Ignore;
  private readonly ignoresCase: boolean;

  private constructor(rules: Ignore, ignoresCase: boolean) {
    this.rules = rules;
    this.ignoresCase = ignoresCase;
  }

  /** Rules that ignore nothing. @param ignoresCase whether names in other case will match a pattern */
  static empty(ignoresCase: boolean): IgnoreRules {
    return new IgnoreRules(ignore({ ignorecase: ignoresCase }), ignoresCase);
  }

  /** These rules and, before them, those of a `.gitignore` found in `folder` ('' for the base itself). */
  with(folder: string, gitignore: string): IgnoreRules {
    const patterns = gitignore
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .flatMap((line) => anchored(line, folder));
    if (patterns.length === 0) return this;
    const rules = ignore({ ignorecase: this.ignoresCase }).add(this.rules).add(patterns);
    return new IgnoreRules(rules, this.ignoresCase);
  }

  ignoresFile(path: string): boolean {
    return this.rules.ignores(path);
  }

  ignoresFolder(path: string): boolean {
    return this.rules.ignores(`${path}/`);
  }
}

/** Rewrites a line of a `.gitignore` in `folder` as one that means the same in the base folder. */
function anchored(line: string, folder: string): string[] {
  if (line.trim() === '' || line.startsWith('#') || line === '/') return [];
  if (folder === '') return [line];
  const negated = line.startsWith('!');
  const pattern = (negated ? line.slice(1) : line).replace(/^\\(?=[!#])/, '');
  // A slash anywhere but at the end ties the pattern to the folder; without one it holds at any depth.
  const tied = pattern.trimEnd().slice(0, -1).includes('/');
  const prefix = `/${folder.replaceAll(/[\\*?[\]!# ]/g, '\\$&')}/${tied ? '' : '**/'}`;
  return [`${negated ? '!' : ''}${prefix}${pattern.replace(/^\//, '')}`];
}
