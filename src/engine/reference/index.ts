import type { AdaptiveEngine } from '../engine.ts';
import { ReferenceAdaptiveOutput } from './adaptive-output.ts';
import { ReferenceNetwork } from './network.ts';
import { ReferenceStepper } from './stepper.ts';

/** The network in plain loops and double precision: slow, obvious, and what other engines are compared with. */
export function createReferenceEngine(): AdaptiveEngine {
  return {
    name: 'reference',
    createNetwork: (specification, limits) => attempt(() => new ReferenceNetwork(specification, limits)),
    createStepper: (specification, weights) => attempt(() => new ReferenceStepper(specification, weights)),
    createAdaptiveOutput: (specification, weights) =>
      attempt(() => new ReferenceAdaptiveOutput(specification, weights)),
  };
}

/** Makes errors thrown on the way rejections. */
async function attempt<T>(create: () => T): Promise<T> {
  return await Promise.resolve(create());
}
