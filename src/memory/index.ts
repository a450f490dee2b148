export { MOST_CHARACTERS, PRIOR_SYMBOLS } from './memory.ts';
export type { DocumentMemory, Memory, Prediction, Priors, Reader } from './memory.ts';
export { createMemory } from './workspace.ts';
