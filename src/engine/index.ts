export type {
  AdamOptimizer,
  Batch,
  Engine,
  EngineName,
  Evaluation,
  StepResult,
  Stepper,
  TrainableNetwork,
  Update,
} from './engine.ts';
export { chooseEngine } from './choice.ts';
export type { EngineChoice, EngineSetting } from './choice.ts';
