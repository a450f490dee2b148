import { describe, expect, it } from 'vitest';
import type { InspectableEngine, InspectableNetwork } from '../../src/engine/engine.ts';
import type { Update } from '../../src/engine/index.ts';
import type { Optimizer } from '../../src/model/index.ts';
import { createReferenceEngine } from '../../src/engine/reference/index.ts';
import { expectClose, expectSameBits, expectTensorsClose } from './closeness.ts';
import { adamUpdate, batchFor, caseOf, cells, optimizers, weightsFor } from './networks.ts';
import { expectLossesClose, GRADIENT_TOLERANCE, LOSS_TOLERANCE, pairOf, WEIGHTS_TOLERANCE } from './pairs.ts';
import { describeConformanceWithPrior } from './prior-conformance.ts';
import { shapes } from './shapes.ts';

/** That change the weights by about as much. */
const rates: Readonly<Record<Optimizer, number>> = { adam: 0.01, rmsprop: 0.002, adagrad: 0.02, sgd: 0.5 };

/** What every engine must do; `create` is called once per test. */
export function describeConformance(name: string, create: () => Promise<InspectableEngine>): void {
  describe(`the ${name} engine`, () => {
    for (const { name: shape, network, ignored, entries } of shapes) {
      describe(shape, () => {
        const batch = batchFor(network, { ignored, entries });

        it('gives the loss, the gradients and the carried state of the reference', async () => {
          const [tested, reference] = await pairOf(create, network);
          const actual = tested.gradients(batch);
          const expected = reference.gradients(batch);
          expectLossesClose(actual, expected, batch, LOSS_TOLERANCE);
          expectTensorsClose(actual.gradients, expected.gradients, GRADIENT_TOLERANCE);
          expectTensorsClose(tested.state(), reference.state(), GRADIENT_TOLERANCE);
          expectSameBits(tested.weights(), weightsFor(network.specification));
        });

        it('gives its logits and its evaluation, without dropout', async () => {
          const [tested, reference] = await pairOf(create, network);
          expectClose(tested.logits(batch), reference.logits(batch), GRADIENT_TOLERANCE, 'logits');
          const actual = tested.evaluate(batch);
          const expected = reference.evaluate(batch);
          expectClose([actual.loss], [expected.loss], LOSS_TOLERANCE, 'losses');
          expect([actual.count, actual.correct]).toEqual([expected.count, expected.correct]);
          expect(actual.joint !== undefined).toBe(entries !== undefined);
          expect(actual.joint?.correct).toBe(expected.joint?.correct);
          expectClose([actual.joint?.loss ?? 0], [expected.joint?.loss ?? 0], LOSS_TOLERANCE, 'joint losses');
          expectTensorsClose(tested.state(), reference.state(), GRADIENT_TOLERANCE);
        });

        it('has its weights after 20 steps', async () => {
          const [tested, reference] = await pairOf(create, network);
          for (let step = 0; step < 20; step++) {
            const next = batchFor(network, { seed: 100 + step, ignored, entries });
            const actual = tested.trainStep(next, adamUpdate());
            const expected = reference.trainStep(next, adamUpdate());
            expectLossesClose(actual, expected, next, WEIGHTS_TOLERANCE);
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
      const [tested, reference] = await pairOf(create, network);
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

    describeConformanceWithPrior(create);

    describe.each(Object.keys(optimizers) as Optimizer[])('%s', (kind) => {
      const update: Update = {
        optimizer: optimizers[kind],
        learningRate: rates[kind],
        clipNorm: 0.3,
      };

      it.each(cells)('changes a network of %s as the reference does', async (cell) => {
        const network = caseOf({ cell, dropout: 0.2 });
        const [tested, reference] = await pairOf(create, network);
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
        const [whole] = await pairOf(create, network);
        const [next] = await pairOf(create, network);
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
        const [tested] = await pairOf(create, network);
        const [fresh] = await pairOf(create, network);
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
      const [tested, reference] = await pairOf(create, network);
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
      const [whole] = await pairOf(create, network);
      const [firstHalf] = await pairOf(create, network);
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
      const [tested, reference] = await pairOf(create, network);
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
        const [tested] = await pairOf(create, network);
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
      const [tested] = await pairOf(create, network);
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

    it('steps to the same state whether logits are asked for or not', async () => {
      const { specification } = caseOf();
      const stepper = await (await create()).createStepper(specification, weightsFor(specification));
      const [withLogits, without] = [0, 1].map(() => new Float32Array(stepper.stateSize).fill(0.3));
      stepper.feed([1, 2], withLogits, new Float32Array(specification.vocabularySize));
      stepper.feed([1, 2], without);
      expect(without).toEqual(withLogits);
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
      const [tested] = await pairOf(create, network);
      const others = weightsFor({ ...network.specification, units: 3 });
      expect(() => tested.setWeights(others)).toThrow(RangeError);
    });
  });
}
