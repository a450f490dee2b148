export { startTraining } from './process/training-client.ts';
export type { TrainingRun } from './process/training-client.ts';
export { evaluateFiles } from './data/evaluation.ts';
export type { EvaluationResult } from './data/evaluation.ts';
export type { TrainingDone, TrainingEvent } from './events.ts';
export { defaultTrainingOptions } from './options.ts';
export type { TrainingOptions, TrainingRequest } from './options.ts';
export { TensorBoardLog } from './output/tensorboard/log.ts';
export { train } from './loop/trainer.ts';
