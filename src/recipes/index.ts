export { beginningOfCorpus, fetchedCorpus, ownCorpus } from './corpus.ts';
export { runMinCharRnn } from './min-char-rnn-run.ts';
export { RECIPES } from './recipe.ts';
export type { Recipe } from './recipe.ts';
export { nameOf } from './source.ts';
