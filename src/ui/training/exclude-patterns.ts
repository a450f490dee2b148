/**
 * VS Code's `files.exclude` and `search.exclude` as `.gitignore` patterns: entries that are on, with
 * `{a,b}` alternatives written out. Conditional ones (`{"when": …}`) hide a file only beside another and are
 * left aside. A glob without a slash at its start counts from the folder's root, as in VS Code.
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

/** Most patterns one glob may expand to; more alternatives than this are a mistake, not a wish. */
const mostAlternatives = 256;

function expandBraces(glob: string): string[] {
  let expanded = [glob];
  for (;;) {
    const next = expanded.flatMap((pattern) => {
      const innermost = /\{([^{}]*)\}/.exec(pattern);
      if (!innermost) return [pattern];
      const before = pattern.slice(0, innermost.index);
      const after = pattern.slice(innermost.index + innermost[0].length);
      return innermost[1].split(',').map((alternative) => before + alternative + after);
    });
    if (next.length > mostAlternatives) return [];
    if (next.length === expanded.length && next.every((pattern, i) => pattern === expanded[i])) return next;
    expanded = next;
  }
}

function anchor(glob: string): string {
  return glob.startsWith('/') || glob.startsWith('**') ? glob : `/${glob}`;
}
