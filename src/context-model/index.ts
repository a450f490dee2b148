export { MAX_CHARACTERS, PRIOR_SYMBOLS } from './context-model.ts';
export type { ContextModel, DocumentModel, Prediction, Priors, Reader } from './context-model.ts';
export { createContextModel } from './workspace-model.ts';
