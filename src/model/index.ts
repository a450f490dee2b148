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
export {
  initialOptimizerState,
  momentNames,
  OPTIMIZER_NAMES,
  optimizerOf,
} from './file/optimizer-moments.ts';
export type { Tensors } from './tensors.ts';
export { BASE_METADATA_NAME, MIXING_TENSOR, readBaseNetwork } from './base/base-network.ts';
export type { BaseNetwork } from './base/base-network.ts';
export { blendWithBase } from './base/blend-with-base.ts';
export { fitsBase, weightsFromBase } from './base/weights-from-base.ts';
export { initialWeights } from './initial-weights.ts';
export type { Model } from './file/layout.ts';
export { importNetwork } from './import/import-network.ts';
export { looksLikeModel } from './file/looks-like-model.ts';
export { MAX_MODEL_BYTES, readModel } from './file/read.ts';
export { writeModel } from './file/write.ts';
export { MAX_SAMPLE_LENGTH, MAX_SAMPLES } from './training-record.ts';
export type {
  Optimizer,
  OptimizerState,
  ResumePoint,
  TrainingRecord,
  WritingSample,
} from './training-record.ts';
