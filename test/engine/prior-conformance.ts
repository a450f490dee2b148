import { describe, expect, it } from 'vitest';
import { JOINT_LOSS_WEIGHT } from '../../src/engine/index.ts';
import type { InspectableEngine } from '../../src/engine/engine.ts';
import type { Tensors } from '../../src/model/index.ts';
import { expectClose, expectSameBits, expectTensorsClose } from './closeness.ts';
import {
  adamUpdate,
  batchFor,
  caseOf,
  logitBiasFor,
  optimizers,
  weightsFor,
  withJointDecoder,
} from './networks.ts';
import type { Case } from './networks.ts';
import { GRADIENT_TOLERANCE, LOSS_TOLERANCE, pairOf, WEIGHTS_TOLERANCE } from './pairs.ts';

/** What every engine must do with a network that has two output layers; `create` is called once per test. */
export function describeConformanceWithPrior(create: () => Promise<InspectableEngine>): void {
  describe('with a prior', () => {
    const network = caseOf({ symbols: 6, batch: 2, prior: true });

    it('adds to the logits of its joint output layer what its gate says', async () => {
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
      const plain = { ...specification, prior: undefined };
      const weights = weightsFor(specification);
      const stepper = await (await create()).createStepper(specification, weights);
      const joint = await (await create()).createStepper(plain, withJointDecoder(weights));
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
        joint.feed([], state, own);
        const gate = stepper.biasScale!(state);
        const expected = own.map((logit, v) => logit + gate * d[t][v]);
        expectClose(logits.subarray(t * V, (t + 1) * V), expected, GRADIENT_TOLERANCE, `logits of ${t}`);
      });
    });

    describe('and two plain networks, one with each of its output layers,', () => {
      const plain = { ...network, specification: { ...network.specification, prior: undefined } };
      const batch = batchFor(network);
      const fresh = async (of: Case, weights: Tensors) => {
        const [made] = await pairOf(create, of);
        made.setWeights(weights);
        made.resetState();
        return made;
      };
      const three = () => {
        const weights = weightsFor(network.specification);
        const aloneWeights = new Map([...weights].filter(([name]) => !name.startsWith('prior.')));
        return Promise.all([
          fresh(network, weights),
          fresh(plain, aloneWeights),
          fresh(plain, withJointDecoder(weights)),
        ]);
      };

      it('is the one of the alone output layer where the batch has none', async () => {
        const [tested, alone] = await three();
        const { loss, jointLoss, gradients } = tested.gradients(batch);
        const expected = alone.gradients(batch);
        expect(jointLoss).toBeUndefined();
        expectClose([loss], [expected.loss], LOSS_TOLERANCE, 'losses');
        const actual = new Map(gradients);
        for (const name of [...actual.keys()].filter((key) => key.startsWith('prior.'))) {
          expect(actual.get(name)!.every((x) => x === 0)).toBe(true);
          actual.delete(name);
        }
        expectTensorsClose(actual, expected.gradients, GRADIENT_TOLERANCE);
        for (const each of [tested, alone]) each.resetState();
        expect(tested.logits(batch)).toEqual(alone.logits(batch));
        expect(tested.evaluate(batch)).toEqual(alone.evaluate(batch));
      });

      it('learns with both output layers where the batch has one, if only an empty one', async () => {
        const [tested, alone, joint] = await three();
        const unused = { ...batch, logitBias: logitBiasFor(network, 3, { unused: 1 }) };
        const { loss, jointLoss, gradients } = tested.gradients(unused);
        const [ofAlone, ofJoint] = [alone, joint].map((each) => each.gradients(batch));
        expectClose([loss, jointLoss!], [ofAlone.loss, ofJoint.loss], LOSS_TOLERANCE, 'losses');
        const expected = new Map<string, Float32Array>([
          ['prior.weight', new Float32Array(1)],
          ['prior.gate', new Float32Array(network.specification.units)],
        ]);
        for (const [name, values] of ofAlone.gradients) {
          const weighted = ofJoint.gradients.get(name)!.map((x) => JOINT_LOSS_WEIGHT * x);
          const isDecoder = name.startsWith('decoder.');
          if (isDecoder) expected.set(`prior.${name}`, weighted);
          expected.set(name, isDecoder ? values : values.map((x, i) => x + weighted[i]));
        }
        expectTensorsClose(gradients, expected, GRADIENT_TOLERANCE);
        for (const each of [tested, alone, joint]) each.resetState();
        expectClose(tested.logits(unused), joint.logits(batch), GRADIENT_TOLERANCE, 'logits');
        tested.resetState();
        joint.resetState();
        const evaluation = tested.evaluate(unused);
        const [scoreOfAlone, scoreOfJoint] = [alone, joint].map((each) => each.evaluate(batch));
        expectClose(
          [evaluation.loss, evaluation.joint!.loss],
          [scoreOfAlone.loss, scoreOfJoint.loss],
          LOSS_TOLERANCE,
          'losses',
        );
        expect([evaluation.correct, evaluation.joint!.correct]).toEqual([
          scoreOfAlone.correct,
          scoreOfJoint.correct,
        ]);
      });
    });

    it.each(['adam', 'rmsprop', 'sgd'] as const)(
      'leaves the joint output as it is where a batch has none (%s)',
      async (kind) => {
        const [tested, reference] = await pairOf(create, network);
        const update = { ...adamUpdate(), optimizer: optimizers[kind] };
        for (const each of [tested, reference]) each.trainStep(batchFor(network, { entries: 2 }), update);
        const ofJoint = (tensors: Tensors): Tensors =>
          new Map([...tensors].filter(([name]) => /(?:^|\.)prior\./.test(name)));
        const before = [tested.weights(), tested.optimizerState().moments].map(ofJoint);
        for (const each of [tested, reference]) each.trainStep(batchFor(network, { seed: 3 }), update);
        const after = [tested.weights(), tested.optimizerState().moments];
        expect(after.map(ofJoint)).toEqual(before);
        expectTensorsClose(after[0], reference.weights(), WEIGHTS_TOLERANCE);
        expectTensorsClose(after[1], reference.optimizerState().moments, WEIGHTS_TOLERANCE);
      },
    );

    it.each(['decoder.bias', 'prior.decoder.bias'])(
      'changes nothing by a loss that is not finite, though its gradient is (%s)',
      async (name) => {
        const [tested] = await pairOf(create, network);
        const batch = batchFor(network, { entries: 2 });
        const weights = new Map(tested.weights());
        const bias = weights.get(name)!.slice();
        bias[batch.targets[0]] = -Infinity;
        tested.setWeights(weights.set(name, bias));
        const moments = tested.optimizerState();
        const { loss, jointLoss, gradientNorm } = tested.trainStep(batch, adamUpdate());
        expect([loss, jointLoss, gradientNorm].map(Number.isFinite)).toEqual(
          name === 'decoder.bias' ? [false, true, true] : [true, false, true],
        );
        expectSameBits(tested.weights(), weights);
        expect(tested.optimizerState()).toEqual(moments);
      },
    );

    it('refuses one that does not fit', async () => {
      const [tested] = await pairOf(create, network);
      const [plain] = await pairOf(create, caseOf());
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
      expect(() => plain.gradients({ ...ofPlain, logitBias: logitBiasFor(caseOf(), 2) })).toThrow(RangeError);
    });
  });
}
