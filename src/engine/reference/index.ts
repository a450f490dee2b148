import type { AdaptiveEngine } from '../engine.ts';
import { ReferenceAdaptiveOutput } from './adaptive-output.ts';
import { ReferenceNetwork } from './network.ts';
import { ReferenceStepper } from './stepper.ts';

/** The network in plain loops and double precision: slow, obvious, and the standard for the other engines. */
export function createReferenceEngine(): AdaptiveEngine {
  return {
    name: 'reference',
    createNetwork: async (specification, limits) =>
      Promise.resolve(new ReferenceNetwork(specification, limits)),
    createStepper: async (specification, weights) =>
      Promise.resolve(new ReferenceStepper(specification, weights)),
    createAdaptiveOutput: async (specification, weights) =>
      Promise.resolve(new ReferenceAdaptiveOutput(specification, weights)),
  };
}
