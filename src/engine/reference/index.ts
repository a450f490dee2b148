import { UserFacingError } from '../../errors.ts';
import type { NetworkSpecification } from '../../model/index.ts';
import type { AdaptiveEngine } from '../engine.ts';
import { ReferenceAdaptiveOutput } from './adaptive-output.ts';
import { ReferenceNetwork } from './network.ts';
import { ReferenceStepper } from './stepper.ts';

/** The network in plain loops and double precision: slow, obvious, and what other engines are compared with. */
export function createReferenceEngine(): AdaptiveEngine {
  return {
    name: 'reference',
    createNetwork: async (specification, limits) => {
      checkCell(specification);
      return await Promise.resolve(new ReferenceNetwork(specification, limits));
    },
    createStepper: async (specification, weights) => {
      checkCell(specification);
      return await Promise.resolve(new ReferenceStepper(specification, weights));
    },
    createAdaptiveOutput: async (specification, weights) =>
      await Promise.resolve(new ReferenceAdaptiveOutput(specification, weights)),
  };
}

function checkCell({ cell }: NetworkSpecification): void {
  if (cell !== 'lstm') {
    throw new UserFacingError(
      `The reference engine runs LSTM networks only, and this one has the cell ${cell}; choose the cell lstm.`,
    );
  }
}
