export { RandomGenerator } from './random.ts';
export type { RandomState } from './random.ts';
export {
  checkSpecification,
  gateCount,
  parameterCount,
  parameterShapes,
  stateNames,
} from './specification.ts';
export type { Cell, NetworkSpecification } from './specification.ts';
export { initialOptimizerState, momentNames, optimizerNames, optimizerOf } from './optimizer-moments.ts';
export type { Tensors } from './tensors.ts';
export { initialWeights } from './initial-weights.ts';
export type { Model } from './model-file.ts';
export { importNetwork } from './import/import-network.ts';
export { looksLikeModel } from './looks-like-model.ts';
export { largestModelBytes, readModel } from './read-model.ts';
export { writeModel } from './write-model.ts';
export { removeLeftovers } from './replace-file.ts';
export { longestSample, mostSamples } from './training-record.ts';
export type {
  Optimizer,
  OptimizerState,
  ResumePoint,
  TrainingRecord,
  WritingSample,
} from './training-record.ts';
