import type { InspectableEngine } from '../engine.ts';
import { loadTensorFlow } from './runtime/load.ts';
import { TensorFlowNetwork } from './network.ts';
import { TensorFlowStepper } from './stepper.ts';

export { installedTensorFlow } from './runtime/load.ts';
export { findTensorFlow } from './runtime/locate.ts';
export { threadsFor } from './threads.ts';

/**
 * The engine that computes with TensorFlow, through @tensorflow/tfjs-node.
 * @param threads that share an operation; see `loadTensorFlow`.
 * @throws EngineError where it is not installed or does not load.
 */
export async function createTensorFlowEngine(threads?: number): Promise<InspectableEngine> {
  const binding = await Promise.resolve(loadTensorFlow(threads));
  return {
    name: 'tensorflow',
    createNetwork: async (specification, limits) =>
      Promise.resolve(new TensorFlowNetwork(binding, specification, limits)),
    createStepper: async (specification, weights) =>
      Promise.resolve(new TensorFlowStepper(binding, specification, weights)),
  };
}
