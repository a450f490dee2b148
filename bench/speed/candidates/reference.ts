import type { Batch, Engine, Stepper } from '../../../src/engine/index.ts';
import { createReferenceEngine } from '../../../src/engine/parts.ts';
import { initialWeights } from '../../../src/model/index.ts';
import type { Tensors } from '../../../src/model/index.ts';
import { specificationFor } from '../sizes.ts';
import type { Sizes } from '../sizes.ts';
import { windowOf, readText } from '../text.ts';

/** Steps of the window compared: enough for a gradient to go back through the state twice. */
const WINDOW = 3;
/** Streams times units squared that the reference computes in about a second. */
const MAX_WORK = 820_000;
const PRIME = 50;

/** Results of the slow reference, which many candidates at the same sizes are compared with. */
const expectedGradients = new Map<string, Promise<Tensors>>();

/**
 * The largest difference of any gradient tensor, as part of its norm, on a short window of as many of the batch's
 * streams as the reference can compute in about a second.
 * @throws Error when it is too large.
 */
export async function compareGradients(engine: Engine, sizes: Sizes): Promise<number> {
  const key = JSON.stringify(sizes);
  const expected = expectedGradients.get(key) ?? gradients(createReferenceEngine(), sizes);
  expectedGradients.set(key, expected);
  const actual = await gradients(engine, sizes);
  const differences = [...(await expected)].map(([name, values]) =>
    relativeDifference(actual.get(name) ?? [], values),
  );
  return checkClose(Math.max(...differences));
}

async function gradients(engine: Engine, sizes: Sizes): Promise<Tensors> {
  const specification = specificationFor(sizes);
  const batchSize = Math.min(sizes.batchSize, Math.ceil(MAX_WORK / sizes.units ** 2));
  const network = await engine.createNetwork(specification, { batchSize, sequenceLength: WINDOW });
  network.setWeights(initialWeights(specification, 0));
  const batch: Batch = windowOf(readText(), batchSize, WINDOW, 0);
  const result = network.gradients(batch);
  network.dispose();
  return result.gradients;
}

/** The difference of the logits after a short text, as part of their norm. @throws Error when it is too large. */
export async function compareLogits(stepper: Stepper, weights: Tensors): Promise<number> {
  const reference = await createReferenceEngine().createStepper(stepper.specification, weights);
  const prime = readText().subarray(0, PRIME);
  const [actual, expected] = [stepper, reference].map((each) => {
    const logits = new Float32Array(each.specification.vocabularySize);
    each.feed(prime, new Float32Array(each.stateSize), logits);
    return logits;
  });
  return checkClose(relativeDifference(actual, expected));
}

/** The largest |a - b| as part of the L2 norm of b. */
function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  let squares = 0;
  for (let i = 0; i < b.length; i++) {
    largest = Math.max(largest, Math.abs(a[i] - b[i]));
    squares += b[i] ** 2;
  }
  return largest === 0 ? 0 : largest / Math.sqrt(squares);
}

function checkClose(difference: number): number {
  if (!(difference < 1e-4)) throw new Error(`differs from the reference by ${difference} of the norm`);
  return difference;
}
