import { Vocabulary } from '../corpus/index.ts';

/** The symbols that a network reads before a text: the mark of a file's start or, for a later line, a line end. */
export function openingSymbols(vocabulary: Vocabulary, atFileStart: boolean): ArrayLike<number> {
  return atFileStart ? [Vocabulary.startOfFile] : vocabulary.encode('\n');
}
