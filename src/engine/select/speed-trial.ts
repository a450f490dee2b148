import { setImmediate } from 'node:timers/promises';
import { initialWeights } from '../../model/index.ts';
import type { NetworkSpecification } from '../../model/index.ts';
import type { BatchLimits } from '../engine.ts';
import type { Engine, Update } from '../engine.ts';
import { randomBatch } from '../random-batch.ts';

const MAX_TRIAL_MS = 700;
/** Windows stop growing at steps of this length, which predict the speed of longer ones. */
const LONG_STEP_MS = 100;

const UPDATE: Update = {
  optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  learningRate: 0.002,
  clipNorm: 5,
};

/**
 * Measures how fast an engine trains a network, in characters per second, by steps on random symbols. Windows double in
 * length up to the limit or until a step takes long; the short ones warm the engine up. Takes less than a second,
 * unless two steps over one symbol take longer.
 * @throws the signal's reason when aborted.
 */
export async function charactersPerSecond(
  engine: Engine,
  { specification, limits }: { readonly specification: NetworkSpecification; readonly limits: BatchLimits },
  signal?: AbortSignal,
): Promise<number> {
  const network = await engine.createNetwork(specification, limits);
  try {
    network.setWeights(initialWeights(specification, 0));
    const begin = performance.now();
    let length = 1;
    let fastest = 0;
    for (let step = 0; step < 2 || performance.now() - begin < MAX_TRIAL_MS; step++) {
      signal?.throwIfAborted();
      const batch = randomBatch(specification.vocabularySize, limits.batchSize, length);
      const start = performance.now();
      network.trainStep(batch, UPDATE);
      const milliseconds = performance.now() - start;
      fastest = Math.max(fastest, (1000 * batch.inputs.length) / milliseconds);
      if (milliseconds < LONG_STEP_MS) length = Math.min(2 * length, limits.sequenceLength);
      // Lets a message that stops the training arrive.
      await setImmediate();
    }
    return fastest;
  } finally {
    network.dispose();
  }
}
