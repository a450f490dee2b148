import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { initialWeights } from '../../src/model/initial-weights.ts';
import { parameterShapes } from '../../src/model/specification.ts';
import type { NetworkSpecification } from '../../src/model/specification.ts';

const specification: NetworkSpecification = {
  cell: 'lstm',
  layers: 2,
  units: 16,
  embedding: 32,
  dropout: 0,
  vocabularySize: 400,
};

function sizesOf(weights: ReadonlyMap<string, Float32Array>): [string, number][] {
  return [...weights].map(([name, values]) => [name, values.length]);
}

describe('initialWeights', () => {
  it('makes every parameter, in order and of its size', () => {
    for (const cell of ['lstm', 'gru', 'rnn'] as const) {
      for (const embedding of [0, 32]) {
        const variant = { ...specification, cell, embedding };
        expect(sizesOf(initialWeights(variant, 0))).toEqual(
          [...parameterShapes(variant)].map(([name, shape]) => [name, shape.reduce((a, b) => a * b, 1)]),
        );
      }
    }
  });

  it('draws the embedding from N(0, 1) and the rest from U(±1/√H)', () => {
    const weights = initialWeights({ ...specification, cell: 'gru' }, 3);
    for (const [name, values] of weights) {
      const variance = values.reduce((sum, x) => sum + x * x, 0) / values.length;
      if (name === 'embedding.weight') {
        expect(Math.abs(variance - 1)).toBeLessThan(0.05);
        continue;
      }
      const largest = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      expect(largest).toBeLessThanOrEqual(0.25);
      expect(largest).toBeGreaterThan(0.2);
      if (values.length > 500) expect(Math.abs(variance - 0.0625 / 3)).toBeLessThan(0.002);
    }
  });

  it('biases the forget gate of an LSTM to remember, and nothing else', () => {
    const weights = initialWeights(specification, 0);
    for (const layer of [0, 1]) {
      const ih = weights.get(`rnn.bias_ih_l${layer}`) ?? new Float32Array();
      const hh = weights.get(`rnn.bias_hh_l${layer}`) ?? new Float32Array();
      expect(ih.subarray(16, 32).every((x) => x === 1)).toBe(true);
      expect(hh.subarray(16, 32).every((x) => x === 0)).toBe(true);
      for (const bias of [ih, hh]) {
        for (const rest of [bias.subarray(0, 16), bias.subarray(32)]) {
          expect(rest.every((x) => x !== 0 && Math.abs(x) <= 0.25)).toBe(true);
        }
      }
    }
  });

  it('begins a prior nearly believed, and the joint output layer small; all else is the same', () => {
    const plain = initialWeights(specification, 3);
    const withPrior = initialWeights({ ...specification, prior: true }, 3);
    for (const [name, values] of plain) {
      expect(withPrior.get(name)).toEqual(values);
    }
    expect([...withPrior.keys()].slice(plain.size)).toEqual([
      'prior.decoder.weight',
      'prior.decoder.bias',
      'prior.weight',
      'prior.gate',
    ]);
    for (const [name, bound] of [
      ['prior.decoder.weight', 0.025],
      ['prior.decoder.bias', 0.25],
    ] as const) {
      const largest = Math.max(...withPrior.get(name)!.map(Math.abs));
      expect(largest).toBeLessThanOrEqual(bound);
      expect(largest).toBeGreaterThan(0.8 * bound);
    }
    expect(withPrior.get('prior.weight')).toEqual(Float32Array.of(0.9));
    expect(withPrior.get('prior.gate')).toEqual(new Float32Array(16));
  });

  it('depends on the seed alone, to the bit', () => {
    const digest = (seed: number): string => {
      const hash = createHash('sha256');
      for (const values of initialWeights(specification, seed).values()) hash.update(values);
      return hash.digest('hex');
    };
    expect(digest(5)).toBe(digest(5));
    expect(digest(5)).not.toBe(digest(6));
    // Models made by an earlier version must stay reproducible: a change here is a change for users.
    expect(digest(0).slice(0, 16)).toBe('f9920bacc555b3e6');
  });
});
