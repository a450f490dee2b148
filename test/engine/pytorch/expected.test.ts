import { describe, expect, it } from 'vitest';
import type { Batch, LogitBias, StepResult } from '../../../src/engine/index.ts';
import { createReferenceEngine } from '../../../src/engine/reference/index.ts';
import { createTensorFlowEngine } from '../../../src/engine/tensorflow/index.ts';
import { createWasmEngine } from '../../../src/engine/wasm/index.ts';
import { parameterShapes, stateNames } from '../../../src/model/index.ts';
import type { Cell, NetworkSpecification, Optimizer } from '../../../src/model/index.ts';
import { expectClose } from '../closeness.ts';
import { optimizers } from '../networks.ts';
import { describeWithTensorFlow } from '../tensorflow/available.ts';
import expected from './expected.json' with { type: 'json' };

const [V, E, H, B, T, K] = [7, 4, 5, 2, 6, 3];

/** As in make-expected.py. */
function formula(count: number, offset: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => 0.6 * Math.sin(1.3 * i + offset));
}

const plainBatch: Batch = {
  sequenceLength: T,
  inputs: Int32Array.from({ length: T * B }, (_, i) => (3 * i + 1) % V),
  targets: Int32Array.from({ length: T * B }, (_, i) => (i === 2 * B + 1 ? -1 : (5 * i + 2) % V)),
};

/** A case of expected.json. */
interface Expected {
  readonly cell: Cell;
  readonly layers: number;
  readonly optimizer: Optimizer;
  readonly prior: boolean;
  readonly logits: readonly number[];
  readonly jointLogits: readonly number[] | null;
  readonly loss: number;
  readonly jointLoss?: number;
  readonly h: readonly number[];
  readonly c: readonly number[] | null;
  readonly gradients: Readonly<Record<string, readonly number[]>>;
  readonly steps: readonly StepResult[];
  readonly decoderBias: readonly number[];
}

const prior: LogitBias = {
  entries: K,
  symbols: Int32Array.from({ length: T * B * K }, (_, i) => (i % 4 === 1 ? -1 : (2 * i + 1) % V)),
  values: Float32Array.from({ length: T * B * K }, (_, i) => 0.5 * (i % 7)),
};

/** Half a unit in the last place of a float of 1: the largest relative error of one rounding. */
const EPSILON = 2 ** -24;

/**
 * The error of single precision as part of a tensor's norm, in the worst case: one rounding for each operation in
 * series. A time step of a layer adds up the E or H products of its input, the H of its state and two biases, and goes
 * through gate functions (errors of four roundings at the most) and at most four pointwise operations; a gradient goes
 * the same way back. Processors differ in the order of additions and in fused operations, and stay below this all the
 * same.
 */
function singlePrecision(layers: number): number {
  const operationsPerStep = 2 * H + 2 + 4 + 4;
  return 2 * layers * T * operationsPerStep * EPSILON;
}

/** The reference computes in double precision; its results are rounded to floats, as PyTorch's are. */
function doublePrecision(): number {
  return 2 * EPSILON;
}

/** An optimiser's steps divide by roots of small moments, which makes ten times of an error at the most. */
const STEPS_FACTOR = 10;

for (const { name, create, toleranceFor, suite } of [
  {
    name: 'reference',
    create: () => Promise.resolve(createReferenceEngine()),
    toleranceFor: doublePrecision,
    suite: describe,
  },
  { name: 'wasm', create: createWasmEngine, toleranceFor: singlePrecision, suite: describe },
  {
    name: 'tensorflow',
    create: createTensorFlowEngine,
    toleranceFor: singlePrecision,
    suite: describeWithTensorFlow,
  },
]) {
  suite(`the ${name} engine against PyTorch`, () => {
    for (const {
      cell,
      layers,
      optimizer,
      prior: withPrior,
      ...numbers
    } of expected as unknown as readonly Expected[]) {
      const title = `${layers} layer(s) of ${cell}${withPrior ? ', a prior' : ''}`;
      const tolerance = toleranceFor(layers);
      const batch = withPrior ? { ...plainBatch, logitBias: prior } : plainBatch;
      const specification: NetworkSpecification = {
        cell,
        layers,
        units: H,
        embedding: E,
        dropout: 0,
        vocabularySize: V,
        prior: withPrior,
      };

      async function network() {
        const made = await (await create()).createNetwork(specification, { batchSize: B, sequenceLength: T });
        const shapes = [...parameterShapes(specification)];
        made.setWeights(
          new Map(
            shapes.map(([key, shape], i) => [
              key,
              formula(
                shape.reduce((a, b) => a * b, 1),
                i,
              ),
            ]),
          ),
        );
        const offsets = { h: 0.5, c: 0.25 };
        made.setState(
          new Map(stateNames(cell).map((name) => [name, formula(layers * B * H, offsets[name])])),
        );
        return made;
      }

      it(`${title}: logits, loss, state and gradients`, async () => {
        expectClose((await network()).logits(plainBatch), numbers.logits, tolerance, 'logits');
        const combined = numbers.jointLogits ?? numbers.logits;
        expectClose((await network()).logits(batch), combined, tolerance, 'logits of the batch');
        const tested = await network();
        const { loss, jointLoss, gradients } = tested.gradients(batch);
        expectClose([loss], [numbers.loss], tolerance, 'losses');
        expectClose([jointLoss ?? 0], [numbers.jointLoss ?? 0], tolerance, 'joint losses');
        expectClose(tested.state().get('h') ?? [], numbers.h, tolerance, 'h');
        expectClose(tested.state().get('c') ?? [], numbers.c ?? [], tolerance, 'c');
        expect([...gradients.keys()].sort()).toEqual(Object.keys(numbers.gradients).sort());
        for (const [key, values] of Object.entries(numbers.gradients)) {
          expectClose(gradients.get(key) ?? [], values, tolerance, key);
        }
      });

      it(`${title}: eight clipped steps of ${optimizer}`, async () => {
        const tested = await network();
        for (const step of numbers.steps) {
          const { loss, jointLoss, gradientNorm } = tested.trainStep(batch, {
            optimizer: optimizers[optimizer],
            learningRate: 0.01,
            clipNorm: 0.25,
          });
          expectClose(
            [loss, jointLoss ?? 0, gradientNorm],
            [step.loss, step.jointLoss ?? 0, step.gradientNorm],
            STEPS_FACTOR * tolerance,
            'losses and norm',
          );
        }
        expectClose(
          tested.weights().get('decoder.bias') ?? [],
          numbers.decoderBias,
          STEPS_FACTOR * tolerance,
          'bias',
        );
      });
    }
  });
}
