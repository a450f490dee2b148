export type {
  AdagradOptimizer,
  AdamOptimizer,
  AdaptiveEngine,
  Batch,
  Engine,
  EngineName,
  Evaluation,
  Gradients,
  OptimizerUpdate,
  LogitBias,
  RmsPropOptimizer,
  SgdOptimizer,
  StepResult,
  Stepper,
  TrainableNetwork,
  Update,
} from './engine.ts';
export type { AdaptiveOutput } from './adaptive-output.ts';
export { JOINT_LOSS_WEIGHT } from './joint-loss.ts';
export { checkEngine, chooseEngine } from './select/choose-engine.ts';
export type { EngineChoice, EngineSetting, NetworkToTrain } from './select/choose-engine.ts';
export { reasonMessage as engineReasonMessage, REASONS as ENGINE_REASONS } from './reasons.ts';
export { createWasmEngine } from './wasm/index.ts';
