import { expect, it } from 'vitest';
import { createTensorFlowEngine } from '../../../src/engine/tensorflow/index.ts';
import { loadTensorFlow } from '../../../src/engine/tensorflow/runtime/load.ts';
import { expectSameBits } from '../closeness.ts';
import { adamUpdate, batchFor, caseOf, stateFor, weightsFor } from '../networks.ts';
import { describeWithTensorFlow } from './available.ts';

describeWithTensorFlow('the tensorflow engine', () => {
  for (const network of [
    caseOf({ units: 5, symbols: 3, embedding: 0, layers: 1, batch: 1, length: 1 }),
    caseOf({ units: 13, symbols: 19, embedding: 7, layers: 3, dropout: 0.2, prior: true }),
    caseOf({ units: 8, symbols: 5, embedding: 8 }),
  ]) {
    const { units, embedding, layers } = network.specification;
    it(`gives back weights, moments and state bit for bit (H=${units}, E=${embedding}, L=${layers})`, async () => {
      const made = await (await createTensorFlowEngine()).createNetwork(network.specification, network);
      const weights = weightsFor(network.specification, 7);
      for (const values of weights.values()) values[0] = -0;
      const moments = new Map<string, Float32Array>();
      for (const [name, values] of weights) {
        moments.set(
          `exp_avg.${name}`,
          values.map((x) => x / 3),
        );
        moments.set(
          `exp_avg_sq.${name}`,
          values.map((x) => x * x),
        );
      }
      made.setWeights(weights);
      made.setOptimizerState({ steps: 41, moments });
      made.setState(stateFor(network));
      expectSameBits(made.weights(), weights);
      expectSameBits(made.optimizerState().moments, moments);
      expect(made.optimizerState().steps).toBe(41);
      expectSameBits(made.state(), stateFor(network));
      made.dispose();
    });
  }

  it('does not change with the arrays it was given', async () => {
    const network = caseOf();
    const made = await (await createTensorFlowEngine()).createNetwork(network.specification, network);
    const [weights, state] = [weightsFor(network.specification), stateFor(network)];
    made.setWeights(weights);
    made.setState(state);
    for (const values of [...weights.values(), ...state.values()]) values.fill(7);
    expectSameBits(made.weights(), weightsFor(network.specification));
    expectSameBits(made.state(), stateFor(network));
    made.dispose();
  });

  it('keeps as many tensors from step to step, and none when disposed of', async () => {
    const binding = loadTensorFlow();
    const before = binding.getNumOfTensors();
    const engine = await createTensorFlowEngine();
    const network = caseOf({ dropout: 0.3, embedding: 20, layers: 3, prior: true });
    const made = await engine.createNetwork(network.specification, network);
    const stepper = await engine.createStepper(network.specification, weightsFor(network.specification));
    const states = new Float32Array(stepper.stateSize);
    const logits = new Float32Array(network.specification.vocabularySize);
    const everything = (seed: number) => {
      const batch = batchFor(network, { seed, entries: 3 });
      made.setWeights(weightsFor(network.specification));
      made.setState(stateFor(network));
      made.trainStep(batch, adamUpdate(0.01, 0.1));
      made.gradients(batch);
      made.evaluate(batch);
      made.logits(batch);
      made.setOptimizerState(made.optimizerState());
      made.resetState();
      stepper.feed([1, 2, 3], states, logits);
      expect(() => made.trainStep({ ...batch, sequenceLength: 99 }, adamUpdate())).toThrow(RangeError);
    };
    everything(0);
    const alive = binding.getNumOfTensors();
    for (let seed = 1; seed < 40; seed++) everything(seed);
    expect(binding.getNumOfTensors()).toBe(alive);
    made.dispose();
    stepper.dispose();
    expect(binding.getNumOfTensors()).toBe(before);
  });

  it('uses no more memory after 1,000 steps than after 100', async () => {
    const network = caseOf({ units: 32, symbols: 60, embedding: 32, batch: 10, length: 20 });
    const made = await (await createTensorFlowEngine()).createNetwork(network.specification, network);
    made.setWeights(weightsFor(network.specification, 1, 0.1));
    const batch = batchFor(network);
    const steps = (count: number) => {
      for (let step = 0; step < count; step++) made.trainStep(batch, adamUpdate(0.001, 5));
      return process.memoryUsage.rss();
    };
    // A leak of one [T, B, H] array a step would be 24 MB in each round. A heap that is not collected grows in some.
    const growths: number[] = [];
    for (let round = 0, before = steps(100); round < 5 && !(growths.at(-1)! < 1.05); round++) {
      const after = steps(900);
      growths.push(after / before);
      before = after;
    }
    expect(Math.min(...growths)).toBeLessThan(1.05);
    made.dispose();
  });
});
