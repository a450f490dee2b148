import { describe, expect, it } from 'vitest';
import type { InspectableEngine, InspectableNetwork } from '../../src/engine/engine.ts';
import type { Update } from '../../src/engine/index.ts';
import type { Optimizer } from '../../src/model/index.ts';
import { createReferenceEngine } from '../../src/engine/reference/index.ts';
import { expectClose, expectSameBits, expectTensorsClose } from './closeness.ts';
import {
  adamUpdate,
  batchFor,
  caseOf,
  cells,
  optimizers,
  logitBiasFor,
  stateFor,
  weightsFor,
} from './networks.ts';
import type { Case } from './networks.ts';
import { shapes } from './shapes.ts';

// Bounds on differences from the reference, as parts of a tensor's norm. One rounding is at most 6e-8 (2^-24) of its
// value; a thousand of them in series, of random signs, make 2e-6, and a gradient whose terms cancel has a norm that
// is some times smaller than theirs. The largest differences seen are 1e-7 of a loss and 6e-6 of a gradient; the bounds
// are well above both on any processor, and far below the 1e-2 and more of a wrong term. Twenty steps of an optimiser
// multiply an error by ten.
const LOSS_TOLERANCE = 1e-5;
const GRADIENT_TOLERANCE = 1e-4;
const WEIGHTS_TOLERANCE = 1e-3;

/** That change the weights by about as much. */
const rates: Readonly<Record<Optimizer, number>> = { adam: 0.01, rmsprop: 0.002, adagrad: 0.02, sgd: 0.5 };

/** What every engine must do; `create` is called once per test. */
export function describeConformance(name: string, create: () => Promise<InspectableEngine>): void {
  /** The engine's network and the reference's, with the same weights and carried state. */
  async function pair(network: Case): Promise<[InspectableNetwork, InspectableNetwork]> {
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

  describe(`the ${name} engine`, () => {
    for (const { name: shape, network, ignored, entries } of shapes) {
      describe(shape, () => {
        const batch = batchFor(network, { ignored, entries });

        it('gives the loss, the gradients and the carried state of the reference', async () => {
          const [tested, reference] = await pair(network);
          const actual = tested.gradients(batch);
          const expected = reference.gradients(batch);
          expectClose([actual.loss], [expected.loss], LOSS_TOLERANCE, 'losses');
          expectTensorsClose(actual.gradients, expected.gradients, GRADIENT_TOLERANCE);
          expectTensorsClose(tested.state(), reference.state(), GRADIENT_TOLERANCE);
          expectSameBits(tested.weights(), weightsFor(network.specification));
        });

        it('gives its logits and its evaluation, without dropout', async () => {
          const [tested, reference] = await pair(network);
          expectClose(tested.logits(batch), reference.logits(batch), GRADIENT_TOLERANCE, 'logits');
          const actual = tested.evaluate(batch);
          const expected = reference.evaluate(batch);
          expectClose([actual.loss], [expected.loss], LOSS_TOLERANCE, 'losses');
          expect([actual.count, actual.correct]).toEqual([expected.count, expected.correct]);
          expectTensorsClose(tested.state(), reference.state(), GRADIENT_TOLERANCE);
        });

        it('has its weights after 20 steps', async () => {
          const [tested, reference] = await pair(network);
          for (let step = 0; step < 20; step++) {
            const next = batchFor(network, { seed: 100 + step, ignored, entries });
            const actual = tested.trainStep(next, adamUpdate());
            const expected = reference.trainStep(next, adamUpdate());
            expectClose([actual.loss], [expected.loss], WEIGHTS_TOLERANCE, `losses of step ${step}`);
            expectClose([actual.gradientNorm], [expected.gradientNorm], WEIGHTS_TOLERANCE, `norms`);
          }
          expectTensorsClose(tested.weights(), reference.weights(), WEIGHTS_TOLERANCE);
        });

        it('steps through symbols to the same logits', async () => {
          const { specification } = network;
          const weights = weightsFor(specification);
          const tested = await (await create()).createStepper(specification, weights);
          const reference = await createReferenceEngine().createStepper(specification, weights);
          expect(tested.stateSize).toBe(reference.stateSize);
          const states = [tested, reference].map(({ stateSize }) => new Float32Array(stateSize).fill(0.3));
          const logits = [tested, reference].map(() => new Float32Array(specification.vocabularySize));
          for (const symbols of [[], [0], [...batch.inputs], [specification.vocabularySize - 1]]) {
            [tested, reference].forEach((stepper, i) => stepper.feed(symbols, states[i], logits[i]));
            expectClose(logits[0], logits[1], GRADIENT_TOLERANCE, 'logits');
            expectClose(states[0], states[1], GRADIENT_TOLERANCE, 'states');
            const [gate, expected] = [tested, reference].map((stepper, i) => stepper.biasScale?.(states[i]));
            if (specification.prior) expectClose([gate!], [expected!], GRADIENT_TOLERANCE, 'gates');
            else expect([gate, expected]).toEqual([undefined, undefined]);
          }
        });
      });
    }

    it('clips the gradient by its global norm', async () => {
      const network = caseOf();
      const [tested, reference] = await pair(network);
      for (let step = 0; step < 5; step++) {
        const batch = batchFor(network, { seed: step });
        const { gradientNorm } = reference.trainStep(batch, adamUpdate(0.01, 0.02));
        expect(gradientNorm).toBeGreaterThan(0.02);
        tested.trainStep(batch, adamUpdate(0.01, 0.02));
      }
      expectTensorsClose(
        tested.optimizerState().moments,
        reference.optimizerState().moments,
        WEIGHTS_TOLERANCE,
      );
      expectTensorsClose(tested.weights(), reference.weights(), WEIGHTS_TOLERANCE);
    });

    describe('with a prior', () => {
      const network = caseOf({ symbols: 6, batch: 2, prior: true });

      it('adds to the logits of a stepper what its gate says', async () => {
        const { specification } = network;
        const { vocabularySize: V } = specification;
        const made = await (await create()).createNetwork(specification, { batchSize: 1, sequenceLength: 4 });
        made.setWeights(weightsFor(specification));
        const symbols = Int32Array.of(3, -1, 0, 2, 2, 5, -1, -1);
        const values = Float32Array.of(4, NaN, 1, 2, 3, 0, Infinity, -1);
        const inputs = Int32Array.of(1, 2, 3, 4);
        const logits = made.logits({
          sequenceLength: 4,
          inputs,
          targets: inputs,
          logitBias: { entries: 2, symbols, values },
        });
        const stepper = await (await create()).createStepper(specification, weightsFor(specification));
        const state = new Float32Array(stepper.stateSize);
        const d = [
          [0, 0, 0, 4, 0, 0],
          [1, 0, 2, 0, 0, 0],
          [0, 0, 3, 0, 0, 0],
          [0, 0, 0, 0, 0, 0],
        ];
        inputs.forEach((symbol, t) => {
          const own = new Float32Array(V);
          stepper.feed([symbol], state, own);
          const gate = stepper.biasScale!(state);
          const expected = own.map((logit, v) => logit + gate * d[t][v]);
          expectClose(logits.subarray(t * V, (t + 1) * V), expected, GRADIENT_TOLERANCE, `logits of ${t}`);
        });
      });

      it('is the plain network where the batch has none, and leaves w and g alone', async () => {
        const plain = { ...network, specification: { ...network.specification, prior: undefined } };
        const [tested] = await pair(network);
        const [other] = await pair(plain);
        const batch = batchFor(network);
        const unused = { ...batch, logitBias: logitBiasFor(network, 3, { unused: 1 }) };
        for (const same of [batch, unused]) {
          other.resetState();
          tested.resetState();
          const expected = other.gradients(batch).gradients;
          const actual = new Map(tested.gradients(same).gradients);
          expect([...actual.get('prior.weight')!, ...actual.get('prior.gate')!].every((x) => x === 0)).toBe(
            true,
          );
          actual.delete('prior.weight');
          actual.delete('prior.gate');
          expectTensorsClose(actual, expected, GRADIENT_TOLERANCE);
        }
      });

      it('refuses one that does not fit', async () => {
        const [tested] = await pair(network);
        const [plain] = await pair(caseOf());
        const batch = batchFor(network, { entries: 4 });
        const good = batch.logitBias!;
        const changed = (at: number, value: number) => {
          const values = good.values.slice();
          values[good.symbols.findIndex((symbol) => symbol >= 0) + at] = value;
          return { ...good, values };
        };
        const outside = good.symbols.slice().fill(6, 5, 6);
        for (const prior of [
          { ...good, entries: 2 },
          { ...good, entries: 0 },
          { ...good, entries: 1.5 },
          { ...good, symbols: good.symbols.subarray(4) },
          { ...good, values: good.values.subarray(4) },
          { ...good, symbols: outside },
          changed(0, NaN),
          changed(0, -0.1),
          changed(0, Infinity),
          logitBiasFor(network, 33),
        ]) {
          expect(() => tested.gradients({ ...batch, logitBias: prior })).toThrow(RangeError);
        }
        const ofPlain = batchFor(caseOf());
        expect(() => plain.gradients({ ...ofPlain, logitBias: logitBiasFor(caseOf(), 2) })).toThrow(
          RangeError,
        );
      });
    });

    describe.each(Object.keys(optimizers) as Optimizer[])('%s', (kind) => {
      const update: Update = {
        optimizer: optimizers[kind],
        learningRate: rates[kind],
        clipNorm: 0.3,
      };

      it.each(cells)('changes a network of %s as the reference does', async (cell) => {
        const network = caseOf({ cell, dropout: 0.2 });
        const [tested, reference] = await pair(network);
        for (let step = 0; step < 20; step++) {
          const batch = batchFor(network, { seed: step });
          const actual = tested.trainStep(batch, update);
          const expected = reference.trainStep(batch, update);
          expectClose([actual.loss], [expected.loss], WEIGHTS_TOLERANCE, `losses of step ${step}`);
          expectClose([actual.gradientNorm], [expected.gradientNorm], WEIGHTS_TOLERANCE, `norms`);
        }
        expectTensorsClose(tested.weights(), reference.weights(), WEIGHTS_TOLERANCE);
        expectTensorsClose(
          tested.optimizerState().moments,
          reference.optimizerState().moments,
          WEIGHTS_TOLERANCE,
        );
      });

      it('goes on bit for bit from what was exported', async () => {
        const network = caseOf({ cell: 'gru', batch: 2 });
        const [whole] = await pair(network);
        const [next] = await pair(network);
        for (let step = 0; step < 5; step++) whole.trainStep(batchFor(network, { seed: step }), update);
        next.setWeights(whole.weights());
        next.setState(whole.state());
        next.setOptimizerState(whole.optimizerState());
        expect(next.optimizerState().steps).toBe(5);
        expect([...next.optimizerState().moments.keys()]).toEqual([...whole.optimizerState().moments.keys()]);
        for (const each of [whole, next]) {
          for (let step = 5; step < 10; step++) each.trainStep(batchFor(network, { seed: step }), update);
        }
        expectSameBits(next.weights(), whole.weights());
        expectSameBits(next.optimizerState().moments, whole.optimizerState().moments);
        expect(next.optimizerState().steps).toBe(10);
      });

      it('begins anew after steps with another', async () => {
        const network = caseOf();
        const [tested] = await pair(network);
        const [fresh] = await pair(network);
        const other = optimizers[kind === 'adam' ? 'rmsprop' : 'adam'];
        tested.trainStep(batchFor(network), { ...update, optimizer: other });
        fresh.setWeights(tested.weights());
        fresh.setState(tested.state());
        for (const each of [tested, fresh]) each.trainStep(batchFor(network), update);
        expectSameBits(tested.weights(), fresh.weights());
        expect(tested.optimizerState()).toEqual(fresh.optimizerState());
        expect(tested.optimizerState().steps).toBe(1);
      });
    });

    it('takes windows shorter than its limit', async () => {
      const network = caseOf({ length: 9, prior: true });
      const [tested, reference] = await pair(network);
      for (const length of [9, 4, 1]) {
        const batch = batchFor(network, { length, seed: length, entries: 3 });
        const expected = reference.gradients(batch);
        expectTensorsClose(tested.gradients(batch).gradients, expected.gradients, GRADIENT_TOLERANCE);
      }
      expectTensorsClose(tested.state(), reference.state(), GRADIENT_TOLERANCE);
    });

    it('starts from a zero state, and goes back to it', async () => {
      const network = caseOf();
      const made = await (await create()).createNetwork(network.specification, network);
      made.setWeights(weightsFor(network.specification));
      const first = made.logits(batchFor(network));
      expect(made.logits(batchFor(network))).not.toEqual(first);
      made.resetState();
      expect(made.logits(batchFor(network))).toEqual(first);
    });

    it('goes on bit for bit from exported weights, moments and state', async () => {
      const network = caseOf({ dropout: 0.3, prior: true });
      const [whole] = await pair(network);
      const [firstHalf] = await pair(network);
      const train = (made: InspectableNetwork, from: number, to: number) => {
        for (let step = from; step < to; step++) {
          made.trainStep(batchFor(network, { seed: step, entries: 2 }), adamUpdate(0.01, 1));
        }
      };
      train(whole, 0, 20);
      train(firstHalf, 0, 10);
      const secondHalf = await (await create()).createNetwork(network.specification, network);
      secondHalf.setWeights(firstHalf.weights());
      secondHalf.setOptimizerState(firstHalf.optimizerState());
      secondHalf.setState(firstHalf.state());
      train(secondHalf, 10, 20);
      expectSameBits(secondHalf.weights(), whole.weights());
      expectSameBits(secondHalf.optimizerState().moments, whole.optimizerState().moments);
      expectSameBits(secondHalf.state(), whole.state());
      expect(secondHalf.optimizerState().steps).toBe(20);
    });

    it('survives logits of 10,000', async () => {
      const network = caseOf({ symbols: 5 });
      const [tested, reference] = await pair(network);
      const weights = new Map(weightsFor(network.specification));
      weights.set('decoder.bias', Float32Array.of(1e4, -1e4, 0, 9999, 1e4));
      tested.setWeights(weights);
      reference.setWeights(weights);
      const actual = tested.gradients(batchFor(network));
      const expected = reference.gradients(batchFor(network));
      expectClose([actual.loss], [expected.loss], LOSS_TOLERANCE, 'losses');
      // Floats of 10,000 are 0.001 apart, and so are the probabilities made of them.
      expectTensorsClose(actual.gradients, expected.gradients, WEIGHTS_TOLERANCE);
    });

    for (const value of [NaN, Infinity]) {
      it(`says so when the loss is not a number, and keeps its weights (${value})`, async () => {
        const network = caseOf();
        const [tested] = await pair(network);
        const good = tested.weights();
        const moments = tested.optimizerState();
        const bad = new Map(good);
        bad.set(
          'decoder.weight',
          (good.get('decoder.weight') ?? new Float32Array()).slice().fill(value, 0, 3),
        );
        tested.setWeights(bad);
        expect(tested.trainStep(batchFor(network), adamUpdate()).loss).toBeNaN();
        expect(tested.evaluate(batchFor(network)).loss).toBeNaN();
        expectSameBits(tested.weights(), bad);
        expect(tested.optimizerState()).toEqual(moments);
        tested.setWeights(good);
        tested.resetState();
        expect(Number.isFinite(tested.trainStep(batchFor(network), adamUpdate()).loss)).toBe(true);
      });
    }

    it('refuses batches that do not fit', async () => {
      const network = caseOf();
      const [tested] = await pair(network);
      const good = batchFor(network);
      const tooLarge = good.inputs.slice();
      tooLarge[3] = network.specification.vocabularySize;
      const negative = good.inputs.slice();
      negative[0] = -1;
      for (const batch of [
        { ...good, sequenceLength: network.sequenceLength + 1 },
        { ...good, sequenceLength: 0 },
        { ...good, inputs: good.inputs.subarray(1) },
        { ...good, inputs: tooLarge },
        { ...good, inputs: negative },
        { ...good, targets: tooLarge },
        { ...good, dropoutMasks: [] },
      ]) {
        expect(() => tested.gradients(batch)).toThrow(RangeError);
      }
    });

    it('refuses symbols and states that do not fit a stepper', async () => {
      const { specification } = caseOf();
      const stepper = await (await create()).createStepper(specification, weightsFor(specification));
      const state = new Float32Array(stepper.stateSize);
      const logits = new Float32Array(specification.vocabularySize);
      expect(() => stepper.feed([specification.vocabularySize], state, logits)).toThrow(RangeError);
      expect(() => stepper.feed([-1], state, logits)).toThrow(RangeError);
      expect(() => stepper.feed([0], state.subarray(1), logits)).toThrow(RangeError);
    });

    it('refuses weights of another shape', async () => {
      const network = caseOf();
      const [tested] = await pair(network);
      const others = weightsFor({ ...network.specification, units: 3 });
      expect(() => tested.setWeights(others)).toThrow(RangeError);
    });
  });
}
