import { createHash } from 'node:crypto';
import type { SourceFile } from './source-file.ts';

/**
 * Whole files of together at most `most` characters, in an order that follows from their paths alone so that the
 * figure stays comparable from run to run; where not even one fits, the beginning of the first.
 */
export function chooseFiles(files: readonly SourceFile[], most: number): readonly SourceFile[] {
  const shuffled = files
    .filter((file) => file.text !== '')
    .map((file) => ({ file, place: createHash('sha256').update(file.path).digest('hex') }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ file }) => file);
  const chosen: SourceFile[] = [];
  let characters = 0;
  for (const file of shuffled) {
    if (characters + file.characters > most) continue;
    chosen.push(file);
    characters += file.characters;
  }
  const [first] = shuffled;
  return chosen.length === 0 && first ? [beginningOf(first, most)] : chosen;
}

function beginningOf(file: SourceFile, characters: number): SourceFile {
  let end = 0;
  for (let count = 0; count < characters; count++) end += file.text.codePointAt(end)! > 0xffff ? 2 : 1;
  return { ...file, text: file.text.slice(0, end), characters };
}
