import type { Batch, OptimizerUpdate, LogitBias, Update } from '../../src/engine/index.ts';
import { RandomGenerator, parameterShapes, stateNames } from '../../src/model/index.ts';
import type { Cell, NetworkSpecification, Optimizer, Tensors } from '../../src/model/index.ts';

/** A small network and a window for it, everything drawn from one seed. */
export interface Case {
  readonly specification: NetworkSpecification;
  readonly batchSize: number;
  readonly sequenceLength: number;
}

export function caseOf(
  shape: {
    cell?: Cell;
    units?: number;
    layers?: number;
    embedding?: number;
    symbols?: number;
    batch?: number;
    length?: number;
    dropout?: number;
    prior?: boolean;
  } = {},
): Case {
  return {
    specification: {
      cell: shape.cell ?? 'lstm',
      layers: shape.layers ?? 2,
      units: shape.units ?? 12,
      embedding: shape.embedding ?? 6,
      dropout: shape.dropout ?? 0,
      vocabularySize: shape.symbols ?? 11,
      ...(shape.prior ? { prior: true } : {}),
    },
    batchSize: shape.batch ?? 3,
    sequenceLength: shape.length ?? 5,
  };
}

/** n values uniform in ±scale. */
export function uniform(n: number, scale: number, seed: number): Float32Array {
  const random = new RandomGenerator(seed);
  return Float32Array.from({ length: n }, () => (2 * random.nextUniform() - 1) * scale);
}

/** Weights large enough for every gate to matter, and small enough that rounding does not grow into chaos. */
export function weightsFor(
  specification: NetworkSpecification,
  seed = 1,
  scale = Math.min(0.5, 2 / Math.sqrt(specification.units)),
): Tensors {
  const weights = new Map<string, Float32Array>();
  for (const [name, shape] of parameterShapes(specification)) {
    const size = shape.reduce((a, b) => a * b, 1);
    weights.set(name, uniform(size, scale, seed * 1000 + weights.size));
  }
  return weights;
}

/** Weights of a network without a prior whose one output layer is the joint one of these. */
export function withJointDecoder(weights: Tensors): Tensors {
  const changed = new Map([...weights].filter(([name]) => !name.startsWith('prior.')));
  for (const name of ['decoder.weight', 'decoder.bias']) {
    changed.set(name, weights.get(`prior.${name}`) ?? new Float32Array());
  }
  return changed;
}

/**
 * @param ignored part of the targets that are negative.
 * @param entries K of the batch's prior; 0: none.
 */
export function batchFor(
  network: Case,
  { seed = 2, ignored = 0, length = network.sequenceLength, entries = 0 } = {},
): Batch {
  const { specification, batchSize } = network;
  const random = new RandomGenerator(seed);
  const rows = length * batchSize;
  const symbol = () => Math.floor(random.nextUniform() * specification.vocabularySize);
  const inputs = Int32Array.from({ length: rows }, symbol);
  const targets = Int32Array.from({ length: rows }, () => (random.nextUniform() < ignored ? -1 : symbol()));
  const window: Batch = { sequenceLength: length, inputs, targets };
  const batch =
    entries === 0 ? window : { ...window, logitBias: logitBiasFor(network, entries, { seed, length }) };
  if (specification.dropout === 0) return batch;
  const keep = 1 - specification.dropout;
  const dropoutMasks = Array.from({ length: specification.layers - 1 }, () =>
    Float32Array.from({ length: rows * specification.units }, () =>
      random.nextUniform() < keep ? 1 / keep : 0,
    ),
  );
  return { ...batch, dropoutMasks };
}

/** Mostly a few large entries; `unused` is the part of the rows that have none, and of the entries of the others. */
export function logitBiasFor(
  { specification: { vocabularySize: V }, batchSize, sequenceLength }: Case,
  entries: number,
  { seed = 4, unused = 0.3, length = sequenceLength } = {},
): LogitBias {
  const random = new RandomGenerator(seed);
  const rows = length * batchSize;
  const symbols = new Int32Array(rows * entries).fill(-1);
  const values = new Float32Array(rows * entries).fill(NaN);
  for (let row = 0; row < rows; row++) {
    if (random.nextUniform() < unused) continue;
    for (let i = row * entries; i < (row + 1) * entries; i++) {
      if (random.nextUniform() < unused) continue;
      symbols[i] = Math.floor(random.nextUniform() * V);
      values[i] = 8 * random.nextUniform();
    }
  }
  return { entries, symbols, values };
}

export function stateFor({ specification, batchSize }: Case, seed = 3): Tensors {
  const size = specification.layers * batchSize * specification.units;
  const scales = { h: 0.9, c: 1.5 };
  return new Map(
    stateNames(specification.cell).map((name, i) => [name, uniform(size, scales[name], seed + i)]),
  );
}

export const cells: readonly Cell[] = ['lstm', 'gru', 'rnn'];

/** With the constants that torch.optim has by default. */
export const optimizers: Readonly<Record<Optimizer, OptimizerUpdate>> = {
  adam: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  rmsprop: { kind: 'rmsprop', alpha: 0.99, epsilon: 1e-8 },
  adagrad: { kind: 'adagrad', epsilon: 1e-10 },
  sgd: { kind: 'sgd' },
};

export function adamUpdate(learningRate = 0.01, clipNorm = Infinity): Update {
  return {
    optimizer: optimizers.adam,
    learningRate,
    clipNorm,
  };
}
