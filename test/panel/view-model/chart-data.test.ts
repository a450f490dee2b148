import { describe, expect, it } from 'vitest';
import { columnsOf, HELD_OUT, LOSS, pointsOn, smoothed } from '../../../src/panel/view-model/chart-data.ts';
import { zoomedBy } from '../../../src/panel/view-model/zoom.ts';

const points = [
  { step: 1, loss: Math.LN2 },
  { step: 2, seconds: 10, loss: 0, heldOutBits: 3 },
  { step: 3, seconds: 20, heldOutBits: 2 },
];

describe('columns of a chart', () => {
  it('has bits by steps, with nothing where nothing was measured', () => {
    expect(columnsOf('steps', points, [LOSS, HELD_OUT])).toEqual([
      [1, 2, 3],
      [1, 0, null],
      [null, 3, 2],
    ]);
  });

  it('has over time what the last training measured', () => {
    expect(columnsOf('time', pointsOn('time', points), [HELD_OUT])).toEqual([
      [10, 20],
      [3, 2],
    ]);
  });
});

describe('smoothed', () => {
  it('leaves what is constant as it is, from the first value on', () => {
    const values = smoothed([2, 2, null, 2]);
    expect(values[2]).toBeNull();
    for (const i of [0, 1, 3]) expect(values[i]).toBeCloseTo(2, 12);
  });

  it('lies between the values', () => {
    const [, second] = smoothed([0, 1]);
    expect(second).toBeCloseTo(0.1 / 0.19, 12);
  });
});

describe('zoomedBy', () => {
  const positions = Array.from({ length: 101 }, (_, i) => i);

  it('halves the part that is shown, with what is marked in it', () => {
    expect(zoomedBy('in', positions, undefined, 50)).toEqual({ min: 25, max: 75 });
    expect(zoomedBy('in', positions, undefined)).toEqual({ min: 50, max: 100 });
    expect(zoomedBy('in', positions, { min: 25, max: 75 }, 30)).toEqual({ min: 17.5, max: 42.5 });
  });

  it('doubles it again, up to all', () => {
    expect(zoomedBy('out', positions, { min: 10, max: 30 }, 20)).toEqual({ min: 0, max: 40 });
    expect(zoomedBy('out', positions, { min: 10, max: 70 }, 20)).toBeUndefined();
    expect(zoomedBy('all', positions, { min: 10, max: 30 })).toBeUndefined();
  });

  it('shows some values at the least', () => {
    expect(zoomedBy('in', positions, { min: 10, max: 14 }, 12)).toEqual({ min: 10, max: 14 });
    expect(zoomedBy('in', [1, 2, 3], undefined)).toBeUndefined();
  });
});
