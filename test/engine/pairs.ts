import { expect } from 'vitest';
import type { InspectableEngine, InspectableNetwork } from '../../src/engine/engine.ts';
import type { Batch, StepResult } from '../../src/engine/index.ts';
import { createReferenceEngine } from '../../src/engine/reference/index.ts';
import { expectClose } from './closeness.ts';
import { stateFor, weightsFor } from './networks.ts';
import type { Case } from './networks.ts';

// Bounds on differences from the reference, as parts of a tensor's norm. One rounding is at most 6e-8 (2^-24) of its
// value; a thousand of them in series, of random signs, make 2e-6, and a gradient whose terms cancel has a norm that
// is some times smaller than theirs. The largest differences seen are 1e-7 of a loss and 6e-6 of a gradient; the bounds
// are well above both on any processor, and far below the 1e-2 and more of a wrong term. Twenty steps of an optimiser
// multiply an error by ten.
export const LOSS_TOLERANCE = 1e-5;
export const GRADIENT_TOLERANCE = 1e-4;
export const WEIGHTS_TOLERANCE = 1e-3;

/** The engine's network and the reference's, with the same weights and carried state. */
export async function pairOf(
  create: () => Promise<InspectableEngine>,
  network: Case,
): Promise<[InspectableNetwork, InspectableNetwork]> {
  const engines = [await create(), createReferenceEngine()];
  const weights = weightsFor(network.specification);
  const [tested, reference] = await Promise.all(
    engines.map(async (engine) => {
      const made = await engine.createNetwork(network.specification, network);
      made.setWeights(weights);
      made.setState(stateFor(network));
      return made;
    }),
  );
  return [tested, reference];
}

/** Both losses; the joint one only where the batch has a logit bias. */
export function expectLossesClose(
  actual: Pick<StepResult, 'loss' | 'jointLoss'>,
  expected: Pick<StepResult, 'loss' | 'jointLoss'>,
  batch: Batch,
  tolerance: number,
): void {
  expect(actual.jointLoss !== undefined).toBe(batch.logitBias !== undefined);
  expectClose([actual.loss], [expected.loss], tolerance, 'losses');
  expectClose([actual.jointLoss ?? 0], [expected.jointLoss ?? 0], tolerance, 'joint losses');
}
