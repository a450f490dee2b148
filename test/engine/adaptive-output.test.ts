import { describe, expect, it } from 'vitest';
import type { AdaptiveOutput } from '../../src/engine/index.ts';
import { createReferenceEngine } from '../../src/engine/reference/index.ts';
import { createWasmEngine } from '../../src/engine/wasm/index.ts';
import { expectClose, relativeDifference } from './closeness.ts';
import { caseOf, uniform, weightsFor, withJointDecoder } from './networks.ts';

const engines = [
  { name: 'reference', create: () => Promise.resolve(createReferenceEngine()) },
  { name: 'wasm, plain', create: () => createWasmEngine() },
  { name: 'wasm, wide', create: () => createWasmEngine({ kernels: 'wide' }) },
];
const { specification } = caseOf({ units: 13, symbols: 37 });
const { layers: L, units: H, vocabularySize: V } = specification;
const weights = weightsFor(specification);
const stateOf = (seed: number) => uniform(2 * L * H, 0.9, seed);
const outputOf = (state: Float32Array) => state.subarray((L - 1) * H, L * H);

/** Reads `count` symbols, with something added to the logits as a prior would. */
function read(output: AdaptiveOutput, count: number, rate = 0.1): number[] {
  return Array.from({ length: count }, (_, i) => {
    const state = stateOf(i % 4);
    const logits = new Float32Array(V);
    output.logits(state, logits);
    logits[i % V] += 2;
    return output.learn(state, logits, (5 * (i % 4) + 1) % V, rate);
  });
}

function logitsOf(output: AdaptiveOutput, seed: number): Float32Array {
  const logits = new Float32Array(V);
  output.logits(stateOf(seed), logits);
  return logits;
}

describe.each(engines)('the adaptive output of the $name engine', ({ create }) => {
  const make = async () => (await create()).createAdaptiveOutput(specification, weights);

  it('begins with the logits of the stepper', async () => {
    const engine = await create();
    const stepper = await engine.createStepper(specification, weights);
    const [state, logits] = [new Float32Array(stepper.stateSize), new Float32Array(V)];
    stepper.feed([1, 2, 3], state, logits);
    const own = new Float32Array(V);
    (await make()).logits(state, own);
    expectClose(own, logits, 1e-6, 'logits');
  });

  it('is the joint output layer of a network with a prior, not the one that the stepper predicts with', async () => {
    const joint = { ...specification, prior: true };
    const weightsOfBoth = weightsFor(joint);
    const engine = await create();
    const state = stateOf(1);
    const [actual, expected] = [new Float32Array(V), new Float32Array(V)];
    (await engine.createAdaptiveOutput(joint, weightsOfBoth)).logits(state, actual);
    (await engine.createStepper(specification, withJointDecoder(weightsOfBoth))).feed([], state, expected);
    expectClose(actual, expected, 1e-6, 'logits');
    (await engine.createStepper(joint, weightsOfBoth)).feed([], state, expected);
    expect(relativeDifference(actual, expected)).toBeGreaterThan(0.1);
  });

  it('takes one step of gradient descent on W and b', async () => {
    const output = await make();
    const [state, logits] = [stateOf(1), logitsOf(output, 1)];
    const largest = Math.max(...logits);
    const total = logits.reduce((sum, x) => sum + Math.exp(x - largest), 0);
    const p = Array.from(logits, (x) => Math.exp(x - largest) / total);
    expect(output.learn(state, logits, 7, 0.3)).toBeCloseTo(-Math.log(p[7]), 5);
    // A change d of W and b moves the logits of h' by d (h·h' + 1).
    for (const seed of [1, 2]) {
      const h = outputOf(state);
      const dot = outputOf(stateOf(seed)).reduce((sum, x, k) => sum + x * h[k], 1);
      const before = logitsOf(await make(), seed);
      const expected = before.map((x, v) => x - 0.3 * (p[v] - (v === 7 ? 1 : 0)) * dot);
      expectClose(logitsOf(output, seed), expected, 1e-5, 'logits');
    }
  });

  it.each([
    { name: 'logits', logits: Array.from(uniform(V, 8, 5)) },
    { name: 'equal ones', logits: Array<number>(V).fill(-3) },
    { name: 'one that is impossible', logits: [-Infinity, ...Array<number>(V - 1).fill(1)] },
    { name: 'large ones', logits: [1e4, -1e4, ...Array<number>(V - 2).fill(9e3)] },
  ])('makes logarithms of probabilities of $name', async ({ logits }) => {
    const actual = Float32Array.from(logits);
    (await make()).logSoftmax(actual);
    const largest = Math.max(...logits);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
    for (const [v, logit] of logits.entries()) {
      const expected = logit - largest - Math.log(total);
      const difference = actual[v] === expected ? 0 : Math.abs(actual[v] - expected);
      expect(difference / Math.max(1, -expected)).toBeLessThan(2e-6);
    }
  });

  it('learns what comes again and again, as the reference does', async () => {
    const [output, reference] = [
      await make(),
      await createReferenceEngine().createAdaptiveOutput(specification, weights),
    ];
    const losses = read(output, 200);
    expectClose(losses, read(reference, 200), 1e-4, 'losses');
    expect(losses[199]).toBeLessThan(0.2 * losses[3]);
    expectClose(logitsOf(output, 9), logitsOf(reference, 9), 1e-4, 'logits');
  });

  it('goes back to what it was, and to any snapshot of any output', async () => {
    const [output, other] = [await make(), await make()];
    const fresh = logitsOf(output, 0);
    read(output, 20);
    const snapshot = output.snapshot();
    const learnt = logitsOf(output, 0);
    read(output, 20);
    expect(logitsOf(output, 0)).not.toEqual(learnt);
    output.reset();
    expect(logitsOf(output, 0)).toEqual(fresh);
    for (const each of [output, other]) {
      each.restore(snapshot);
      expect(logitsOf(each, 0)).toEqual(learnt);
    }
    read(output, 1);
    other.restore(snapshot);
    expect(logitsOf(other, 0)).toEqual(learnt);
  });

  it('learns nothing of a loss that is not finite', async () => {
    const output = await make();
    const before = logitsOf(output, 0);
    expect(output.learn(stateOf(0), new Float32Array(V).fill(NaN), 1, 0.1)).toBeNaN();
    expect(logitsOf(output, 0)).toEqual(before);
  });

  it('survives logits of 10,000 and a network of hardly anything', async () => {
    const small = caseOf({ units: 1, symbols: 2, layers: 1, embedding: 0 }).specification;
    const output = await (await create()).createAdaptiveOutput(small, weightsFor(small));
    const state = Float32Array.of(0.5, 0);
    expect(output.learn(state, Float32Array.of(1e4, -1e4), 1, 0.1)).toBeCloseTo(2e4, 0);
    const logits = new Float32Array(2);
    output.logits(state, logits);
    expect(logits.every(Number.isFinite)).toBe(true);
  });

  it('refuses what does not fit', async () => {
    const output = await make();
    const [state, logits] = [stateOf(0), new Float32Array(V)];
    for (const attempt of [
      () => output.logits(state.subarray(1), logits),
      () => output.logits(state, logits.subarray(1)),
      () => output.logSoftmax(logits.subarray(1)),
      () => output.learn(state.subarray(1), logits, 1, 0.1),
      () => output.learn(state, logits.subarray(1), 1, 0.1),
      () => output.learn(state, logits, V, 0.1),
      () => output.learn(state, logits, -1, 0.1),
      () => output.learn(state, logits, 1, NaN),
      () => output.restore(new Float32Array(3)),
    ]) {
      expect(attempt).toThrow(RangeError);
    }
    await expect((await create()).createAdaptiveOutput(specification, new Map())).rejects.toThrow(RangeError);
  });
});
