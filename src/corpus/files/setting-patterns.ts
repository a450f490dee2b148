import path from 'node:path';
import { expand } from 'brace-expansion';

/** More alternatives than this in one pattern are taken for a mistake. */
const MAX_ALTERNATIVES = 256;

/** Braces without a choice: VS Code reads them as their content, `brace-expansion`, as shells do, as they are. */
const SINGLE_ALTERNATIVE = /\{([^{},]*)\}/g;

/** The patterns that `{a,b}` in a pattern stands for; none where it stands for too many. */
export function expandBraces(pattern: string): string[] {
  const expanded = expand(pattern.replaceAll(SINGLE_ALTERNATIVE, '$1'), { max: MAX_ALTERNATIVES + 1 });
  return expanded.length > MAX_ALTERNATIVES ? [] : expanded;
}

/**
 * A pattern of the settings in `.gitignore` syntax, relative to `root`. As in VS Code's own settings, `{a,b}` are
 * alternatives, `./` is the root, back slashes separate folders as slashes do, and a path may be absolute.
 * @returns none for a path outside the root
 */
export function gitignorePatterns(pattern: string, root: string): string[] {
  const negation = pattern.startsWith('!') ? '!' : '';
  const slashed = pattern.slice(negation.length).replaceAll(/\\(?=[\w.*?{])/g, '/');
  return expandBraces(slashed).flatMap((alternative) => {
    const relative = relativePattern(alternative, root.replaceAll('\\', '/'));
    return relative === undefined ? [] : [negation + relative];
  });
}

function relativePattern(pattern: string, root: string): string | undefined {
  if (pattern === root || pattern.startsWith(`${root}/`)) return pattern.slice(root.length) || '/**';
  if (/^[a-z]:\//i.test(pattern)) return undefined;
  const current = /^(?:\.\/)+/.exec(pattern)?.[0];
  return current === undefined ? pattern : `/${path.posix.normalize(pattern.slice(current.length))}`;
}
