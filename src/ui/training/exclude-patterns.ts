import { expandBraces } from '../../corpus/index.ts';

/**
 * VS Code's `files.exclude` and `search.exclude` as `.gitignore` patterns: the entries that are on, with
 * `{a,b}` alternatives written out. Conditional entries (`{"when": …}`) hide a file only where another one exists
 * and are ignored. A glob that does not start with a slash counts from the folder's root, as in VS Code.
 */
export function excludePatterns(
  ...settings: readonly (Readonly<Record<string, unknown>> | undefined)[]
): string[] {
  const globs = settings.flatMap((setting) =>
    Object.entries(setting ?? {})
      .filter(([, value]) => value === true)
      .map(([glob]) => glob),
  );
  return [...new Set(globs.flatMap(expandBraces).map(anchor))];
}

function anchor(glob: string): string {
  return glob.startsWith('/') || glob.startsWith('**') ? glob : `/${glob}`;
}
