import { FormatError } from '../validate.ts';

/**
 * Strings, and the punctuation that nests values and names them; what stands between is left to JSON.parse. A
 * string that does not end runs to the end of the text, so that no text is scanned twice.
 */
const TOKEN = /"[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)|[{}[\]:]/g;

/**
 * Parses JSON from a stranger: nested at most `maxDepth` deep, and no name twice in one object (of which
 * `JSON.parse` silently takes the last, and other readers the first).
 * @throws FormatError
 */
export function parseStrictJson(text: string, maxDepth: number): unknown {
  checkNesting(text, maxDepth);
  try {
    return JSON.parse(text);
  } catch {
    throw new FormatError('it holds text that is not JSON');
  }
}

/** May pass what is no JSON at all, which `JSON.parse` then finds. */
function checkNesting(text: string, maxDepth: number): void {
  const namesByLevel: Set<string>[] = [];
  let lastString: string | undefined;
  for (const [found] of text.matchAll(TOKEN)) {
    if (found === '{' || found === '[') {
      if (namesByLevel.length === maxDepth) throw new FormatError('its JSON is nested too deeply');
      namesByLevel.push(new Set());
    } else if (found === '}' || found === ']') {
      namesByLevel.pop();
    } else if (found === ':') {
      const names = namesByLevel.at(-1);
      if (names === undefined || lastString === undefined) continue;
      const name = unescaped(lastString);
      if (names.has(name)) throw new FormatError(`its JSON has the name ${name} twice`);
      names.add(name);
    } else {
      lastString = found;
    }
  }
}

/** The same name may be spelt with and without escapes. */
function unescaped(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}
