export { decodeText } from './decode-text.ts';
export { readCorpus } from './corpus.ts';
export type { Corpus, CorpusOptions, CorpusProgress } from './corpus.ts';
export { composedHangul, hangulRole } from './hangul.ts';
export type { HangulRole } from './hangul.ts';
export type { LeftOut, SourceFile } from './source-file.ts';
export { splitFiles } from './split.ts';
export { Vocabulary } from './vocabulary.ts';
