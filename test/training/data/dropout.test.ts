import { describe, expect, it } from 'vitest';
import { RandomGenerator } from '../../../src/model/index.ts';
import type { NetworkSpecification } from '../../../src/model/index.ts';
import { DropoutMasks } from '../../../src/training/data/dropout.ts';

const specification: NetworkSpecification = {
  cell: 'lstm',
  layers: 3,
  units: 40,
  embedding: 4,
  dropout: 0.2,
  vocabularySize: 5,
};

describe('DropoutMasks', () => {
  it('draws a mask [T, B, H] for each boundary, with 1/(1-p) where a value is kept', () => {
    const masks = new DropoutMasks(specification, 5, 50).draw(30, new RandomGenerator(1))!;
    expect(masks.map((mask) => mask.length)).toEqual([30 * 5 * 40, 30 * 5 * 40]);
    for (const mask of masks) {
      expect(new Set(mask)).toEqual(new Set([0, Math.fround(1.25)]));
      const dropped = mask.filter((value) => value === 0).length / mask.length;
      // Four standard deviations of a mean of 6,000 draws.
      expect(Math.abs(dropped - 0.2)).toBeLessThan(0.021);
    }
    expect(masks[0]).not.toEqual(masks[1]);
  });

  it('goes on from the state of its generator', () => {
    const random = new RandomGenerator(7);
    const masks = new DropoutMasks(specification, 2, 10);
    masks.draw(10, random);
    const { state } = random;
    const next = masks.draw(10, random)!.map((mask) => mask.slice());
    expect(new DropoutMasks(specification, 2, 10).draw(10, RandomGenerator.fromState(state))).toEqual(next);
  });

  it.each([
    { name: 'without dropout', change: { dropout: 0 } },
    { name: 'with one layer', change: { layers: 1 } },
  ])('draws nothing $name', ({ change }) => {
    const random = new RandomGenerator(7);
    expect(new DropoutMasks({ ...specification, ...change }, 2, 10).draw(10, random)).toBeUndefined();
    expect(random.state).toEqual(new RandomGenerator(7).state);
  });
});
