import { message } from '../../common/localization/message.ts';
import { FormatError } from '../validate.ts';

/**
 * Strings, and the punctuation that nests values and separates names; the rest is left to JSON.parse. A string that does
 * not end matches up to the end of the text, so that no text is scanned twice.
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
    throw new FormatError(message`it holds text that is not JSON`);
  }
}

/** Checks depth and names. Text that is no JSON may pass; `JSON.parse` then rejects it. */
function checkNesting(text: string, maxDepth: number): void {
  const namesByLevel: Set<string>[] = [];
  let lastString: string | undefined;
  for (const [found] of text.matchAll(TOKEN)) {
    if (found === '{' || found === '[') {
      if (namesByLevel.length === maxDepth) throw new FormatError(message`its JSON is nested too deeply`);
      namesByLevel.push(new Set());
    } else if (found === '}' || found === ']') {
      namesByLevel.pop();
    } else if (found === ':') {
      const names = namesByLevel.at(-1);
      if (names === undefined || lastString === undefined) continue;
      const name = unescaped(lastString);
      if (names.has(name)) throw new FormatError(message`its JSON has the name ${name} twice`);
      names.add(name);
    } else {
      lastString = found;
    }
  }
}

/** The value of a string literal, so that a name with and without escapes counts as the same. */
function unescaped(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}
