import type { SourceFile } from '../../src/corpus/index.ts';
import { RandomGenerator } from '../../src/model/index.ts';
import { syntaxOfPath } from '../../src/completion/parts.ts';
import { MISTAKES, seeded, type Mistake, type SeededText } from './mistakes.ts';

/** A held-out file with mistakes of one kind in it. */
export interface WrongFile extends SeededText {
  readonly name: string;
  readonly mistake: Mistake;
}

/** Each of the files with each kind of mistake, as long as there is a line for it. The same files give the same. */
export function* wrongFiles(files: readonly SourceFile[], seed: number): Generator<WrongFile, void, void> {
  const random = new RandomGenerator(seed);
  for (const { path, text } of files) {
    for (const mistake of MISTAKES) {
      const wrong = seeded(text, mistake, random, syntaxOfPath(path));
      if (wrong.lines.size > 0) yield { ...wrong, name: path, mistake };
    }
  }
}
