export { RandomGenerator } from './random.ts';
export type { RandomState } from './random.ts';
export { checkSpecification, parameterCount, parameterShapes } from './specification.ts';
export type { Cell, NetworkSpecification } from './specification.ts';
export type { Tensors } from './tensors.ts';
export { initialWeights } from './initial-weights.ts';
export { readModel, writeModel } from './model-file.ts';
export type { Model } from './model-file.ts';
export type { Optimizer, OptimizerState, ResumePoint, TrainingRecord } from './training-record.ts';
