import { setImmediate } from 'node:timers/promises';
import { initialWeights } from '../../model/index.ts';
import type { NetworkSpecification } from '../../model/index.ts';
import type { BatchLimits } from '../batch.ts';
import type { Engine, Update } from '../engine.ts';
import { randomBatch } from '../random-batch.ts';

const MAX_TRIAL_MS = 700;
/** A step as long as this says enough about longer ones. */
const LONG_STEP_MS = 100;

const update: Update = {
  optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  learningRate: 0.002,
  clipNorm: 5,
};

/**
 * How fast an engine trains a network, from steps on random symbols over windows that double in length, up to
 * the limit's or to where a step takes long; the shorter ones warm the engine up. Takes under a second, or two
 * steps over one symbol where those take longer.
 * Throws the signal's reason when aborted.
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
      network.trainStep(batch, update);
      const milliseconds = performance.now() - start;
      fastest = Math.max(fastest, (1000 * batch.inputs.length) / milliseconds);
      if (milliseconds < LONG_STEP_MS) length = Math.min(2 * length, limits.sequenceLength);
      // Lets a message to stop in.
      await setImmediate();
    }
    return fastest;
  } finally {
    network.dispose();
  }
}
