import { readdir, stat } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { UserFacingError } from '../../src/common/errors.ts';

/** Preferred length in characters: long enough to have a style, short enough to read. */
const TYPICAL_LENGTH = 5000;

/**
 * The path, relative to the folder, of a typical file: of its most frequent kind and of middle size; a test only if
 * there is no other.
 */
export async function typicalSource(folder: string): Promise<string> {
  const kinds = new Map<string, { file: string; size: number }[]>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = relative(folder, join(entry.parentPath, entry.name));
    if (!entry.isFile() || /(^|[/\\])(\.|node_modules|dist|out)/.test(file)) continue;
    if (!/^\.(ts|js|c|h|py|java|go|rs|cpp|cs|rb|php|md|txt)$/.test(extname(file))) continue;
    const { size } = await stat(join(folder, file));
    if (size < 500) continue;
    kinds.set(extname(file), [...(kinds.get(extname(file)) ?? []), { file, size }]);
  }
  const files = [...kinds.values()].sort((a, b) => b.length - a.length)[0] ?? [];
  const unlike = ({ file, size }: { file: string; size: number }): number =>
    Math.abs(size - TYPICAL_LENGTH) + (/\btests?\b/.test(file) ? 1e9 : 0);
  const [typical] = files.sort((a, b) => unlike(a) - unlike(b) || (a.file < b.file ? -1 : 1));
  if (typical === undefined) {
    throw new UserFacingError(
      `There is no source file in ${folder} to type in; name a folder that has some.`,
    );
  }
  return typical.file;
}

/**
 * Beginnings of lines such as this text has, which a person may type again: each line up to its first bracket or quote
 * (which the editor would close by itself) and there into its last word; those that stop in frequent words first.
 */
export function lineBeginnings(text: string): string[] {
  const frequency = new Map<string, number>();
  for (const [word] of text.matchAll(/[A-Za-z_]\w+/g)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const found = new Map<string, number>();
  for (const line of text.split('\n')) {
    const plain = /^\s*([A-Za-z_][\w .=:]*)/.exec(line)?.[1]?.trimEnd() ?? '';
    const word = /[A-Za-z_]\w*$/.exec(plain)?.[0] ?? '';
    if (word.length < 5 || plain.length > 40) continue;
    found.set(plain.slice(0, plain.length - word.length + 3), frequency.get(word) ?? 0);
  }
  return [...found].sort(([, a], [, b]) => b - a).map(([beginning]) => beginning);
}
