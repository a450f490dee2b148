import { describe, expect, it } from 'vitest';
import { RandomGenerator } from '../../src/model/random.ts';
import type { RandomState } from '../../src/model/random.ts';

function draw(generator: RandomGenerator, count: number): number[] {
  return Array.from({ length: count }, () => generator.nextUint32());
}

describe('RandomGenerator', () => {
  it('gives the known sequence of xoshiro128** (the authors’ C code, state 1 2 3 4)', () => {
    expect(draw(RandomGenerator.fromState([1, 2, 3, 4]), 10)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  // Computed by a C program of its own.
  for (const { seed, state, values } of [
    { seed: 0, state: [2462723854, 1020716019, 454327756, 1275600319], values: [3809008728, 1133695204] },
    { seed: 42, state: [939911724, 3948730756, 321366731, 3317318717], values: [2837322924, 544945897] },
    {
      seed: 4294967295,
      state: [920564995, 4230986166, 697614773, 1778835764],
      values: [835879718, 1921286648],
    },
  ]) {
    it(`is seeded by splitmix32 from ${seed}`, () => {
      const generator = new RandomGenerator(seed);
      expect(generator.state).toEqual(state);
      expect(draw(generator, 2)).toEqual(values);
    });
  }

  it('goes on exactly from a snapshot, whatever was drawn', () => {
    const generator = new RandomGenerator(7);
    generator.nextNormal();
    const copy = RandomGenerator.fromState(generator.state);
    for (let i = 0; i < 50; i++) expect(copy.nextNormal()).toBe(generator.nextNormal());
    expect(copy.nextUniform()).toBe(generator.nextUniform());
    expect(copy.state).toEqual(generator.state);
  });

  it('draws uniforms in [0, 1) with the mean and variance of U(0, 1)', () => {
    const generator = new RandomGenerator(1);
    const values = Array.from({ length: 50_000 }, () => generator.nextUniform());
    expect(values.every((x) => x >= 0 && x < 1)).toBe(true);
    expect(moment(values, 1)).toBeCloseTo(1 / 2, 2);
    expect(moment(values, 2)).toBeCloseTo(1 / 3, 2);
  });

  it('draws normals with the moments and tails of N(0, 1)', () => {
    const generator = new RandomGenerator(2);
    const values = Array.from({ length: 200_000 }, () => generator.nextNormal());
    expect(Math.abs(moment(values, 1))).toBeLessThan(0.01);
    expect(Math.abs(moment(values, 2) - 1)).toBeLessThan(0.02);
    expect(Math.abs(moment(values, 3))).toBeLessThan(0.04);
    expect(Math.abs(moment(values, 4) - 3)).toBeLessThan(0.1);
    const beyondTwo = values.filter((x) => Math.abs(x) > 2).length / values.length;
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.002);
  });

  for (const state of [
    [0, 0, 0, 0],
    [1, 2, 3],
    [1, 2, 3, -4],
    [1, 2, 3, 2 ** 32],
    [1, 2, 3, 0.5],
  ]) {
    it(`refuses the state ${state.join(' ')}`, () => {
      expect(() => RandomGenerator.fromState(state as unknown as RandomState)).toThrow(/state/);
    });
  }
});

function moment(values: readonly number[], power: number): number {
  return values.reduce((sum, x) => sum + x ** power, 0) / values.length;
}
