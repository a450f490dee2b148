import { describe, expect, it } from 'vitest';
import { BestWeights } from '../../../src/training/loop/early-stopping.ts';

/** A network whose only weight is `value`. */
function networkOf(value: number) {
  const tensors = (of: number) => new Map([['w', Float32Array.of(of)]]);
  const network = {
    value,
    resets: 0,
    weights: () => tensors(network.value),
    setWeights: (weights: ReadonlyMap<string, Float32Array>) => void (network.value = weights.get('w')![0]),
    optimizerState: () => ({ steps: network.value, moments: tensors(network.value) }),
    setOptimizerState: ({ steps }: { steps: number }) => expect(steps).toBe(network.value),
    resetState: () => void network.resets++,
  };
  return network;
}

function measured(...bits: readonly number[]) {
  const best = new BestWeights();
  const network = networkOf(0);
  for (const [index, value] of bits.entries()) {
    network.value = index;
    best.add(value, network);
  }
  return { best, network };
}

describe('BestWeights', () => {
  it('is exhausted after four measures without a gain worth mentioning', () => {
    expect(measured(2, 1.5, 1.6, 1.4999, 1.7).best.isExhausted).toBe(false);
    expect(measured(2, 1.5, 1.6, 1.4999, 1.7, 1.5).best.isExhausted).toBe(true);
    expect(measured(2, 1.5, 1.6, 1.7, 1.4, 1.5, 1.5, 1.5).best.isExhausted).toBe(false);
  });

  it('gives the best weights back, with their moments and a new state', () => {
    const { best, network } = measured(2, 1.5, 1.6);
    expect(best.restore(network)).toBe(1.5);
    expect(network.value).toBe(1);
    expect(network.resets).toBe(1);
    expect(best.restore(network)).toBeUndefined();
  });

  it('leaves a network that is at its best, and one that was never measured', () => {
    const { best, network } = measured(2, 1.5);
    expect(best.restore(network)).toBeUndefined();
    expect(network).toMatchObject({ value: 1, resets: 0 });
    expect(new BestWeights().restore(network)).toBeUndefined();
  });
});
