import type { Batch, Update } from '../../src/engine/index.ts';
import { RandomGenerator, parameterShapes } from '../../src/model/index.ts';
import type { NetworkSpecification, Tensors } from '../../src/model/index.ts';

/** A small network and a window for it, everything drawn from one seed. */
export interface Case {
  readonly specification: NetworkSpecification;
  readonly batchSize: number;
  readonly sequenceLength: number;
}

export function caseOf(
  shape: {
    units?: number;
    layers?: number;
    embedding?: number;
    symbols?: number;
    batch?: number;
    length?: number;
    dropout?: number;
  } = {},
): Case {
  return {
    specification: {
      cell: 'lstm',
      layers: shape.layers ?? 2,
      units: shape.units ?? 12,
      embedding: shape.embedding ?? 6,
      dropout: shape.dropout ?? 0,
      vocabularySize: shape.symbols ?? 11,
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

/** Weights large enough for every gate to matter. */
export function weightsFor(specification: NetworkSpecification, seed = 1, scale = 0.5): Tensors {
  const weights = new Map<string, Float32Array>();
  for (const [name, shape] of parameterShapes(specification)) {
    const size = shape.reduce((a, b) => a * b, 1);
    weights.set(name, uniform(size, scale, seed * 1000 + weights.size));
  }
  return weights;
}

/** @param ignored part of the targets that are negative. */
export function batchFor(
  { specification, batchSize, sequenceLength }: Case,
  { seed = 2, ignored = 0, length = sequenceLength } = {},
): Batch {
  const random = new RandomGenerator(seed);
  const rows = length * batchSize;
  const symbol = () => Math.floor(random.nextUniform() * specification.vocabularySize);
  const inputs = Int32Array.from({ length: rows }, symbol);
  const targets = Int32Array.from({ length: rows }, () => (random.nextUniform() < ignored ? -1 : symbol()));
  if (specification.dropout === 0) return { sequenceLength: length, inputs, targets };
  const keep = 1 - specification.dropout;
  const dropoutMasks = Array.from({ length: specification.layers - 1 }, () =>
    Float32Array.from({ length: rows * specification.units }, () =>
      random.nextUniform() < keep ? 1 / keep : 0,
    ),
  );
  return { sequenceLength: length, inputs, targets, dropoutMasks };
}

export function stateFor({ specification, batchSize }: Case, seed = 3): Tensors {
  const size = specification.layers * batchSize * specification.units;
  return new Map([
    ['h', uniform(size, 0.9, seed)],
    ['c', uniform(size, 1.5, seed + 1)],
  ]);
}

export function adamUpdate(learningRate = 0.01, clipNorm = Infinity): Update {
  return {
    optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    learningRate,
    clipNorm,
  };
}
