export { MOST_CHARACTERS, PRIOR_SYMBOLS } from './context-model.ts';
export type { DocumentMemory, Memory, Prediction, Priors, Reader } from './context-model.ts';
export { createMemory } from './workspace-model.ts';
