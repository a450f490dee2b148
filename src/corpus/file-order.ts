import { createHash } from 'node:crypto';
import path from 'node:path';
import type { SourceFile } from './source-file.ts';
import { indexOfCharacter } from './text/code-points.ts';

/** The salt of `chooseFiles`; a change would make the figures of earlier versions incomparable. */
const CHOICE_SALT = 'char-rnn choice';

/** An item and where it stands in an order. */
export interface Positioned<T> {
  readonly item: T;
  /** Uniform in [0, 1) over salts and paths. */
  readonly position: number;
}

/**
 * Where a file stands in the order that `salt` gives, uniform in [0, 1): a hash of its path.
 * @param relativePath with `/` between segments, so that two checkouts of the same files have the same order.
 */
export function hashPosition(relativePath: string, salt: string): number {
  // macOS may list names decomposed, other systems do not.
  const digest = createHash('sha256')
    .update(`${salt}\0${relativePath.normalize('NFC')}`)
    .digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/** Files in the order of `hashPosition` of their paths below their common folder; equal paths keep their order. */
export function orderByHash<T extends { readonly path: string }>(
  files: readonly T[],
  salt: string,
): Positioned<T>[] {
  const folders = files.map((file) => path.dirname(file.path).split(path.sep));
  const depth = commonDepth(folders);
  return files
    .map((item) => {
      const relativePath = item.path.split(path.sep).slice(depth).join('/');
      return { item, position: hashPosition(relativePath, salt) };
    })
    .sort((a, b) => a.position - b.position);
}

/** How many leading segments all paths share. */
function commonDepth(paths: readonly (readonly string[])[]): number {
  const first = paths[0] ?? [];
  let depth = first.length;
  for (const segments of paths) {
    let shared = 0;
    while (shared < depth && segments[shared] === first[shared]) shared++;
    depth = shared;
  }
  return depth;
}

/**
 * Whole files of together at most `maxCharacters`, chosen by their paths below their common folder, so that a figure
 * measured on them is comparable from run to run and from checkout to checkout. Where not even one file fits, the
 * beginning of the first.
 */
export function chooseFiles(files: readonly SourceFile[], maxCharacters: number): readonly SourceFile[] {
  const ordered = orderByHash(
    files.filter((file) => file.text !== ''),
    CHOICE_SALT,
  ).map(({ item }) => item);
  const chosen: SourceFile[] = [];
  let characters = 0;
  for (const file of ordered) {
    if (characters + file.characters > maxCharacters) continue;
    chosen.push(file);
    characters += file.characters;
  }
  const [first] = ordered;
  return chosen.length === 0 && first ? [beginningOf(first, maxCharacters)] : chosen;
}

function beginningOf(file: SourceFile, characters: number): SourceFile {
  const text = file.text.slice(0, indexOfCharacter(file.text, 0, characters));
  return { ...file, text, characters };
}
