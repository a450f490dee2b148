import { initialWeights, parameterShapes, RandomGenerator } from '../../src/model/index.ts';
import type { Model, NetworkSpecification, TrainingRecord } from '../../src/model/index.ts';

export const training: TrainingRecord = {
  steps: 12,
  epochs: 1,
  characters: 2400,
  seconds: 0.25,
  optimizer: 'adam',
  learningRate: 0.002,
  learningRateDecay: 0.97,
  batchSize: 2,
  sequenceLength: 5,
  seed: 3,
  engine: 'wasm',
  engineReason: 'the only one',
  savedAt: '2026-01-02T03:04:05.678Z',
  losses: [
    { step: 0, loss: 1.1 },
    { step: 12, loss: 0.7 },
  ],
  validations: [{ step: 12, bitsPerCharacter: 1.25 }],
  samples: [{ step: 10, epoch: 0.5, loss: 0.75, text: 'a "b\u0000🂡' }],
  resume: { fingerprint: 'f1', windowsDone: 2, random: [1, 2, 3, 4294967295] },
};

export const specification: NetworkSpecification = {
  cell: 'lstm',
  layers: 1,
  units: 2,
  embedding: 1,
  dropout: 0,
  vocabularySize: 4,
};

/** A model with moments and carried state, of arbitrary values. */
export function fullModel(changes: Partial<NetworkSpecification> = {}, seed = 0): Model {
  const spec = { ...specification, ...changes };
  const random = new RandomGenerator(seed);
  const fill = (size: number, value: () => number): Float32Array =>
    Float32Array.from({ length: size }, value);
  const moments = new Map<string, Float32Array>();
  for (const [name, shape] of parameterShapes(spec)) {
    const size = shape.reduce((a, b) => a * b, 1);
    moments.set(
      `exp_avg.${name}`,
      fill(size, () => random.nextNormal()),
    );
    moments.set(
      `exp_avg_sq.${name}`,
      fill(size, () => random.nextUniform()),
    );
  }
  const stateSize = spec.layers * training.batchSize * spec.units;
  const state = new Map([['h', fill(stateSize, () => random.nextNormal())]]);
  if (spec.cell === 'lstm')
    state.set(
      'c',
      fill(stateSize, () => random.nextNormal()),
    );
  const letters = Array.from({ length: spec.vocabularySize - 2 }, (_, i) => String.fromCodePoint(97 + i));
  return {
    specification: spec,
    vocabulary: ['\uFFFD', '\u0002', ...letters],
    weights: initialWeights(spec, seed),
    training,
    optimizer: { steps: 12, moments },
    state,
  };
}

/** A model for use alone, whose file is as small as can be. */
export function bareModel(): Model {
  return {
    ...fullModel({ cell: 'rnn', units: 1, embedding: 0, vocabularySize: 3 }),
    optimizer: null,
    state: null,
    training: { ...training, losses: [], validations: [], samples: [], resume: null },
  };
}
