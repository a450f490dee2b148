import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/engine-error.ts';
import { createReferenceEngine } from '../../../src/engine/reference/index.ts';
import { createWasmEngine } from '../../../src/engine/wasm/index.ts';
import { ParameterLayout } from '../../../src/engine/wasm/layout/parameter-layout.ts';
import { expectSameBits, expectTensorsClose } from '../closeness.ts';
import { adamUpdate, batchFor, caseOf, cells, stateFor, weightsFor } from '../networks.ts';

const engine = await createWasmEngine();

describe('the wasm engine', () => {
  for (const network of [
    caseOf({ units: 5, symbols: 3, embedding: 0, layers: 1, batch: 1, length: 1 }),
    caseOf({ units: 13, symbols: 19, embedding: 7, layers: 3, dropout: 0.2, prior: true }),
    caseOf({ units: 8, symbols: 8, embedding: 8 }),
  ]) {
    const { units, embedding, layers } = network.specification;
    it(`gives back weights, moments and state bit for bit (H=${units}, E=${embedding}, L=${layers})`, async () => {
      const made = await engine.createNetwork(network.specification, network);
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
    });
  }

  it('computes the same bits from the same numbers', async () => {
    const network = caseOf({ units: 20, dropout: 0.3 });
    const [first, second] = await Promise.all(
      [0, 1].map(async () => {
        const made = await engine.createNetwork(network.specification, network);
        made.setWeights(weightsFor(network.specification));
        for (let step = 0; step < 5; step++) made.trainStep(batchFor(network, { seed: step }), adamUpdate());
        return made.weights();
      }),
    );
    expectSameBits(first, second);
  });

  it('leaves the padding of weights and moments as it was, so that no unit is born of it', async () => {
    const network = caseOf({ units: 5, symbols: 9, embedding: 3, prior: true });
    const made = await engine.createNetwork(network.specification, network);
    made.setWeights(weightsFor(network.specification));
    for (let step = 0; step < 5; step++) made.trainStep(batchFor(network, { entries: 2 }), adamUpdate());
    const again = await engine.createNetwork(network.specification, network);
    again.setWeights(made.weights());
    again.setState(made.state());
    expect(again.logits(batchFor(network))).toEqual(made.logits(batchFor(network)));
  });

  it.each(cells)('steps through symbols to the very bits of a batch of one: %s', async (cell) => {
    const network = caseOf({ cell, units: 21, symbols: 40, embedding: 5, layers: 3, batch: 1, length: 30 });
    const weights = weightsFor(network.specification);
    const made = await engine.createNetwork(network.specification, network);
    made.setWeights(weights);
    const { inputs } = batchFor(network);
    const logits = made.logits(batchFor(network));
    const stepper = await engine.createStepper(network.specification, weights);
    const state = new Float32Array(stepper.stateSize);
    const last = new Float32Array(40);
    stepper.feed(inputs, state, last);
    expect(last).toEqual(logits.slice(-40));
    const after = made.state();
    expect(state).toEqual(Float32Array.of(...(after.get('h') ?? []), ...(after.get('c') ?? [])));
  });

  it('has the gradients of the reference where a window has few of the symbols, one of them twice', async () => {
    const network = caseOf({ units: 9, symbols: 40, embedding: 5, layers: 1, batch: 1, length: 3 });
    const batch = { ...batchFor(network), inputs: Int32Array.of(31, 7, 31) };
    const [ours, reference] = await Promise.all(
      [engine, createReferenceEngine()].map(async (each) => {
        const made = await each.createNetwork(network.specification, network);
        made.setWeights(weightsFor(network.specification));
        // What an earlier window's symbols left behind must not count.
        made.gradients({ ...batch, inputs: Int32Array.of(0, 1, 2) });
        return made.gradients(batch).gradients;
      }),
    );
    expectTensorsClose(ours, reference, 1e-5);
    const embedding = ours.get('embedding.weight') ?? [];
    const learnt = [...Array(40).keys()].filter((id) => embedding[5 * id] !== 0);
    expect(learnt).toEqual([7, 31]);
  });

  it('feeds many symbols, more than its buffer holds, to the very bits of one after the other', async () => {
    const { specification } = caseOf({ units: 21, layers: 3, symbols: 40 });
    const stepper = await engine.createStepper(specification, weightsFor(specification));
    const symbols = Array.from({ length: 333 }, (_, i) => (i * i) % 40);
    const results = [[symbols], [symbols.slice(0, 99), symbols.slice(99)], symbols.map((id) => [id])].map(
      (parts) => {
        const [state, logits] = [new Float32Array(stepper.stateSize), new Float32Array(40)];
        for (const part of parts) stepper.feed(part, state, logits);
        return [...state, ...logits];
      },
    );
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  it('says how much memory a network would need when that is too much', async () => {
    const network = caseOf({ units: 4096, layers: 3, batch: 50, length: 200 });
    const attempt = engine.createNetwork(network.specification, network);
    await expect(attempt).rejects.toThrow(EngineError);
    await expect(attempt).rejects.toThrow(/needs \d+\.\d GiB .* lower the number of units/);
  });

  it('gives memory back: hundreds of networks one after the other', async () => {
    const network = caseOf({ units: 64, batch: 50, length: 200 });
    for (let i = 0; i < 300; i++) {
      const made = await engine.createNetwork(network.specification, network);
      made.dispose();
      expect(() => made.weights()).toThrow(/disposed/);
    }
  });
});

describe('ParameterLayout', () => {
  it('keeps parameters apart and pads them with zeros', () => {
    const { specification } = caseOf({ units: 5, symbols: 9, embedding: 3 });
    const layout = new ParameterLayout(specification);
    const region = new Float32Array(layout.floats).fill(NaN);
    const weights = weightsFor(specification);
    layout.store(weights, '', region);
    const count = [...weights.values()].reduce((sum, values) => sum + values.length, 0);
    expect(region.filter((x) => x !== 0 && !Number.isNaN(x)).length).toBe(count);
  });
});
