import fc from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { chooseSymbol, temperedWeights } from '../../src/sampling/distribution.ts';
import { RandomGenerator } from '../../src/model/index.ts';

const choose = (logits: number[], temperature: number, seed = 0) =>
  chooseSymbol(Float32Array.from(logits), temperature, new RandomGenerator(seed));

describe('the most likely symbol', () => {
  for (const { name, logits, want } of [
    { name: 'has the largest logit', logits: [0, 0, 1, 3, 2], want: 3 },
    { name: 'is the lowest of equal ones', logits: [0, 0, 1, 3, 3], want: 3 },
    { name: 'is never a special one', logits: [9, 9, -5, -4], want: 3 },
    { name: 'is never one that is not a number', logits: [0, 0, NaN, 1], want: 3 },
    { name: 'may be infinite', logits: [0, 0, 1, Infinity], want: 3 },
    { name: 'is missing where there is none', logits: [0, 0], want: undefined },
    { name: 'is missing where nothing is a number', logits: [0, 0, NaN], want: undefined },
  ]) {
    it(name, () => expect(choose(logits, 0)).toBe(want));
  }
});

describe('drawing', () => {
  it('follows the probabilities', () => {
    const logits = [5, 5, Math.log(1), Math.log(2), Math.log(5)];
    const random = new RandomGenerator(1);
    const counts = [0, 0, 0, 0, 0];
    for (let draw = 0; draw < 8000; draw++) counts[chooseSymbol(Float32Array.from(logits), 1, random)!]++;
    expect(counts.slice(0, 2)).toEqual([0, 0]);
    expect(counts[2] / 8000).toBeCloseTo(1 / 8, 1);
    expect(counts[3] / 8000).toBeCloseTo(2 / 8, 1);
    expect(counts[4] / 8000).toBeCloseTo(5 / 8, 1);
  });

  it('leaves out what is less than a twentieth as likely as the likeliest', () => {
    const logits = Float32Array.from([5, 5, Math.log(0.051), Math.log(0.049), 0]);
    const random = new RandomGenerator(1);
    const drawn = new Set(Array.from({ length: 4000 }, () => chooseSymbol(logits, 1, random)));
    expect(drawn).toEqual(new Set([2, 4]));
  });

  it('sharpens with a low temperature and flattens with a high one', () => {
    const logits = Float32Array.from([0, 0, 0, 2]);
    expect(temperedWeights(logits, 0.5)[2]).toBeCloseTo(Math.exp(-4), 12);
    expect(temperedWeights(logits, 1)[2]).toBeCloseTo(Math.exp(-2), 12);
    expect(temperedWeights(logits, 2)[2]).toBeCloseTo(Math.exp(-1), 12);
  });

  it('does not overflow', () =>
    expect([...temperedWeights(Float32Array.from([0, 0, 1e4, 0]), 0.1)]).toEqual([0, 0, 1, 0]));

  it('gives a symbol that may be written, the same for the same seed, whatever the logits', () => {
    const logit = fc.oneof(fc.float(), fc.constantFrom(NaN, Infinity, -Infinity, 0));
    fc.assert(
      fc.property(
        fc.array(logit, { minLength: 3, maxLength: 9 }),
        fc.double({ min: 0, max: 2 }),
        fc.nat(),
        (...args) => {
          const symbol = choose(...args);
          expect(choose(...args)).toBe(symbol);
          if (symbol !== undefined) expect(symbol).toBeGreaterThanOrEqual(2);
        },
      ),
      { seed: 1 },
    );
  });
});
