import { describe, expect, it } from 'vitest';
import { JOINT_LOSS_WEIGHT } from '../../../src/engine/index.ts';
import { runPass } from '../../../src/engine/reference/pass.ts';
import type { CarriedState } from '../../../src/engine/reference/pass.ts';
import { batchFor, caseOf, stateFor, weightsFor } from '../networks.ts';

const step = 1e-5;

/**
 * Truncation cuts nothing inside one window, so central differences of the loss are the gradient up to
 * O(step²) and rounding of about 1e-16 / step.
 */
describe('the gradients of the reference against central differences', () => {
  for (const { name, shape, ignored = 0, carried = false, entries = 0 } of [
    { name: 'the smallest', shape: { units: 5, symbols: 3, embedding: 0, layers: 1, batch: 1, length: 1 } },
    {
      name: 'smallest, embedded',
      shape: { units: 5, symbols: 3, embedding: 2, layers: 1, batch: 1, length: 1 },
    },
    { name: 'one layer, one-hot', shape: { units: 4, embedding: 0, layers: 1 }, carried: true },
    { name: 'one layer, embedded', shape: { units: 4, embedding: 3, layers: 1 }, ignored: 0.3 },
    { name: 'two layers', shape: { units: 4, embedding: 5, layers: 2 }, carried: true, ignored: 0.4 },
    { name: 'two layers with dropout', shape: { units: 4, embedding: 3, layers: 2, dropout: 0.4 } },
    {
      name: 'three layers with dropout',
      shape: { units: 4, embedding: 0, layers: 3, dropout: 0.3 },
      carried: true,
    },
    ...(['gru', 'rnn'] as const).flatMap((cell) => [
      {
        name: `the smallest ${cell}`,
        shape: { cell, units: 5, symbols: 3, embedding: 0, layers: 1, batch: 1, length: 1 },
      },
      {
        name: `two layers of ${cell}`,
        shape: { cell, units: 4, embedding: 5, layers: 2, prior: true },
        carried: true,
        ignored: 0.4,
        entries: 3,
      },
      {
        name: `three layers of ${cell} with dropout`,
        shape: { cell, units: 4, embedding: 0, layers: 3, dropout: 0.3 },
        carried: true,
      },
    ]),
    {
      name: 'the smallest prior',
      shape: { units: 5, symbols: 3, embedding: 0, layers: 1, batch: 1, length: 1, prior: true },
      entries: 1,
    },
    {
      name: 'a prior of more entries than symbols',
      shape: { units: 4, embedding: 3, layers: 2, prior: true },
      carried: true,
      ignored: 0.3,
      entries: 8,
    },
  ]) {
    it(name, () => {
      const network = caseOf({ symbols: 6, batch: 2, length: 4, ...shape });
      const { specification, batchSize } = network;
      const batch = batchFor(network, { ignored, entries });
      const weights = new Map(
        [...weightsFor(specification)].map(([key, values]) => [key, Float64Array.from(values)]),
      );
      const size = specification.layers * batchSize * specification.units;
      const given = stateFor(network);
      const part = (key: string) => Float64Array.from(given.get(key) ?? []);
      const state: CarriedState = carried
        ? { h: part('h'), c: part('c') }
        : { h: new Float64Array(size), c: new Float64Array(given.has('c') ? size : 0) };
      const lossNow = () => {
        const { alone, joint } = runPass(specification, weights, state, batch);
        const loss = alone.entropy.loss + JOINT_LOSS_WEIGHT * (joint?.entropy.loss ?? 0);
        return loss / alone.entropy.count;
      };
      const gradients = runPass(specification, weights, state, batch).gradients();
      expect([...gradients.keys()].sort()).toEqual([...weights.keys()].sort());
      for (const [key, values] of weights) {
        const gradient = gradients.get(key) ?? new Float64Array();
        values.forEach((value, i) => {
          values[i] = value + step;
          const above = lossNow();
          values[i] = value - step;
          const below = lossNow();
          values[i] = value;
          const difference = Math.abs((above - below) / (2 * step) - gradient[i]);
          expect(difference, `${key}[${i}] = ${gradient[i]}`).toBeLessThan(1e-9);
        });
      }
    });
  }
});
