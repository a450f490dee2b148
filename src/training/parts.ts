/** The parts of this room that bench/ measures by themselves. The program imports `index.ts` only. */
export { specificationFor } from './check-options.ts';
export { Streams, trainingSymbols } from './data/batch-streams.ts';
export { FileEvaluator } from './data/evaluation.ts';
export { buildContextModel } from './data/priors/build-context-model.ts';
