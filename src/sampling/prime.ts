import { Vocabulary } from '../corpus/index.ts';

/**
 * The symbols that a network reads before a text: for a later line a line end, for a file's start the end of another
 * file and the mark of a file's start. In training one file follows another, so that no network saw that mark with a
 * state of zero, and what it would write from there is rubbish for as long as the state lasts.
 */
export function openingSymbols(vocabulary: Vocabulary, atFileStart: boolean): ArrayLike<number> {
  const lineEnd = vocabulary.encode('\n');
  if (!atFileStart) return lineEnd;
  const isKnown = !lineEnd.includes(Vocabulary.unknown);
  return isKnown ? [...lineEnd, Vocabulary.startOfFile] : [Vocabulary.startOfFile];
}
