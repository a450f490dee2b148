import type { Batch, Engine, TrainableNetwork } from '../src/engine/index.ts';
import { createReferenceEngine } from '../src/engine/reference/index.ts';
import { planNetwork } from '../src/engine/wasm/memory-plan.ts';
import { initialWeights } from '../src/model/index.ts';
import type { NetworkSpecification } from '../src/model/index.ts';
import type { Measured } from './measured.ts';
import type { BenchOptions } from './options.ts';
import { demandCloseness, relativeDifference } from './statistics.ts';
import { SYMBOLS, readText } from './text.ts';

/** One training step: forward, backward, clipping, Adam. */
export async function prepareTraining(options: BenchOptions, engine: Engine): Promise<Measured> {
  const { units, layers, batchSize, sequenceLength } = options;
  const specification = specificationFor(options);
  const text = readText();
  const largestDifference = await compare(engine, specification, text);
  demandCloseness(largestDifference);

  const network = await engine.createNetwork(specification, { batchSize, sequenceLength });
  network.setWeights(initialWeights(specification, 0));
  let window = 0;
  const memory =
    engine.name === 'wasm'
      ? `; ${Math.round(planNetwork(specification, { batchSize, sequenceLength }, 1).size / 2 ** 20)} MiB`
      : '';
  return {
    about: {
      title: `training ${layers} x ${units}, B ${batchSize}, T ${sequenceLength}, V ${SYMBOLS}, embedding ${units}${memory}`,
      unit: 'chars/s',
      largerIsBetter: true,
      largestDifference,
    },
    figure: (seconds) => (batchSize * sequenceLength) / seconds,
    run: () => {
      const batch = windowOf(text, batchSize, sequenceLength, window++);
      const start = performance.now();
      step(network, batch);
      return (performance.now() - start) / 1000;
    },
  };
}

export function specificationFor({ units, layers }: BenchOptions): NetworkSpecification {
  return { cell: 'lstm', layers, units, embedding: units, dropout: 0, vocabularySize: SYMBOLS };
}

function step(network: TrainableNetwork, batch: Batch): void {
  const { loss } = network.trainStep(batch, {
    optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    learningRate: 0.002,
    clipNorm: 5,
  });
  if (!Number.isFinite(loss)) throw new Error(`the loss is ${loss}`);
}

/** Window number `index` of B streams through the text. */
function windowOf(text: Int32Array, batchSize: number, length: number, index: number): Batch {
  const stream = Math.floor(text.length / batchSize);
  const at = (t: number, b: number) => text[(b * stream + index * length + t) % text.length];
  const values = (shift: number) =>
    Int32Array.from({ length: length * batchSize }, (_, i) =>
      at(Math.floor(i / batchSize) + shift, i % batchSize),
    );
  return { sequenceLength: length, inputs: values(0), targets: values(1) };
}

/** The largest difference of any gradient tensor, as part of its norm, on a small window. */
async function compare(
  engine: Engine,
  specification: NetworkSpecification,
  text: Int32Array,
): Promise<number> {
  const limits = { batchSize: 3, sequenceLength: 7 };
  const weights = initialWeights(specification, 0);
  const batch = windowOf(text, limits.batchSize, limits.sequenceLength, 0);
  const [actual, expected] = await Promise.all(
    [engine, createReferenceEngine()].map(async (engine) => {
      const network = await engine.createNetwork(specification, limits);
      network.setWeights(weights);
      const { gradients } = network.gradients(batch);
      network.dispose();
      return gradients;
    }),
  );
  const differences = [...expected].map(([name, values]) =>
    relativeDifference(actual.get(name) ?? [], values),
  );
  return Math.max(...differences);
}
