export { decodeText } from './text/decode-text.ts';
export { readCorpus } from './read-corpus.ts';
export type { Corpus, CorpusOptions, CorpusProgress } from './read-corpus.ts';
export { chooseFiles } from './file-order.ts';
export { composedHangul, hangulRole } from './hangul.ts';
export type { HangulRole } from './hangul.ts';
export type { SkippedFile, SourceFile } from './source-file.ts';
export { splitFiles } from './split.ts';
export { idsByCodePoint, Vocabulary } from './vocabulary.ts';
