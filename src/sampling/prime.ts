import { Vocabulary } from '../corpus/index.ts';

/** What a network reads before the text itself: the mark of a file's start, or the line end before a later line. */
export function openingSymbols(vocabulary: Vocabulary, atFileStart: boolean): ArrayLike<number> {
  return atFileStart ? [Vocabulary.startOfFile] : vocabulary.encode('\n');
}
