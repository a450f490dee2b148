export { startTraining } from './client.ts';
export type { TrainingRun } from './client.ts';
export { evaluateFiles } from './evaluation.ts';
export type { EvaluationResult } from './evaluation.ts';
export type { TrainingDone, TrainingEvent } from './events.ts';
export { lockModel } from './lock.ts';
export { defaultTrainingOptions } from './options.ts';
export type { TrainingOptions, TrainingRequest } from './options.ts';
export { train } from './trainer.ts';
