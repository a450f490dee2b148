import { expand } from 'brace-expansion';

/** More alternatives than this in one glob are taken for a mistake. */
const MAX_ALTERNATIVES = 256;

/** Braces without a choice: VS Code reads them as their content, `brace-expansion`, as shells do, as they are. */
const SINGLE_ALTERNATIVE = /\{([^{},]*)\}/g;

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

function expandBraces(glob: string): string[] {
  const expanded = expand(glob.replaceAll(SINGLE_ALTERNATIVE, '$1'), { max: MAX_ALTERNATIVES + 1 });
  return expanded.length > MAX_ALTERNATIVES ? [] : expanded;
}

function anchor(glob: string): string {
  return glob.startsWith('/') || glob.startsWith('**') ? glob : `/${glob}`;
}
