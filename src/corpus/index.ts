export { decodeText } from './decode-text.ts';
export { readCorpus } from './corpus.ts';
export type { Corpus, CorpusOptions, CorpusProgress, LeftOut, SourceFile } from './corpus.ts';
export { splitFiles } from './split.ts';
export { Vocabulary } from './vocabulary.ts';
