import { Vocabulary } from '../corpus/index.ts';

/** `text` as the corpus has it: LF line ends, Unicode normalisation form C. */
export function normalized(text: string): string {
  return text.replace(/\r\n?/g, '\n').normalize('NFC');
}

/** What a network reads before the text itself: the mark of a file's start, or the line end before a later line. */
export function openingSymbols(vocabulary: Vocabulary, atFileStart: boolean): ArrayLike<number> {
  return atFileStart ? [Vocabulary.startOfFile] : vocabulary.encode('\n');
}
