import { chooseSymbol } from '../../../src/sampling/index.ts';
import type { Engine, Stepper } from '../../../src/engine/index.ts';
import { RandomGenerator, initialWeights } from '../../../src/model/index.ts';
import type { Candidate, Prepared, Work } from '../candidate.ts';
import { specificationFor } from '../sizes.ts';
import type { Sizes } from '../sizes.ts';
import { readText, windowOf } from '../text.ts';
import { compareGradients, compareLogits } from './reference.ts';

/** Symbols drawn or read in one run. */
const SYMBOLS_PER_RUN = 1000;

/** One of our engines. @param create for the sizes it will work at. */
export function engineCandidate(name: string, create: (sizes: Sizes) => Promise<Engine>): Candidate {
  return {
    name,
    ours: true,
    prepare: async (work, sizes) => {
      const engine = await create(sizes);
      return work === 'training' ? prepareTraining(engine, sizes) : prepareStepper(engine, work, sizes);
    },
    close: () => undefined,
  };
}

async function prepareTraining(engine: Engine, sizes: Sizes): Promise<Prepared> {
  const largestDifference = await compareGradients(engine, sizes);
  const specification = specificationFor(sizes);
  const { batchSize, sequenceLength } = sizes;
  const network = await engine.createNetwork(specification, { batchSize, sequenceLength });
  network.setWeights(initialWeights(specification, 0));
  const text = readText();
  const optimizer = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
  let window = 0;
  return {
    largestDifference,
    run: () => {
      const batch = windowOf(text, batchSize, sequenceLength, window++);
      const start = performance.now();
      const { loss } = network.trainStep(batch, { optimizer, learningRate: 0.002, clipNorm: 5 });
      const seconds = (performance.now() - start) / 1000;
      if (!Number.isFinite(loss)) throw new Error(`the loss is ${loss}`);
      return Promise.resolve(seconds / batch.inputs.length);
    },
    dispose: () => network.dispose(),
  };
}

async function prepareStepper(engine: Engine, work: Work, sizes: Sizes): Promise<Prepared> {
  const specification = specificationFor(sizes);
  const weights = initialWeights(specification, 0);
  const stepper = await engine.createStepper(specification, weights);
  const largestDifference = await compareLogits(stepper, weights);
  const once = work === 'sampling' ? drawing(stepper) : reading(stepper);
  return {
    largestDifference,
    run: () => {
      const start = performance.now();
      once();
      return Promise.resolve((performance.now() - start) / 1000 / SYMBOLS_PER_RUN);
    },
    dispose: () => stepper.dispose(),
  };
}

/** One symbol in, its logits out, the next one drawn at temperature 0.5. */
function drawing(stepper: Stepper): () => void {
  const random = new RandomGenerator(0);
  const state = new Float32Array(stepper.stateSize);
  const logits = new Float32Array(stepper.specification.vocabularySize);
  const symbol = new Int32Array(1);
  return () => {
    for (let i = 0; i < SYMBOLS_PER_RUN; i++) {
      stepper.feed(symbol, state, logits);
      symbol[0] = chooseSymbol(logits, 0.5, random) ?? 0;
    }
  };
}

function reading(stepper: Stepper): () => void {
  const text = readText().subarray(0, SYMBOLS_PER_RUN);
  const logits = new Float32Array(stepper.specification.vocabularySize);
  return () => stepper.feed(text, new Float32Array(stepper.stateSize), logits);
}
