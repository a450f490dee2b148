import { describe, expect, it } from 'vitest';
import { levelRuns } from '../../../src/ui/units/unit-levels.ts';
import { quantized } from '../../../src/units/index.ts';

const runsOf = (...values: number[]) =>
  levelRuns(Int8Array.from(values, quantized)).map(({ start, end, level }) => [start, end, level]);

describe('levelRuns', () => {
  it('joins neighbours of one level, and leaves out what is near zero', () => {
    expect(runsOf(0.1, 0.2, 0.3, -1, -0.95, 0, 1)).toEqual([
      [1, 3, 1],
      [3, 5, -4],
      [6, 7, 4],
    ]);
  });

  it('has four levels of each sign', () => {
    for (const sign of [-1, 1]) {
      expect([0.25, 0.5, 0.75, 1].map((value) => runsOf(sign * value)[0][2])).toEqual(
        [1, 2, 3, 4].map((level) => sign * level),
      );
    }
  });

  it('finds nothing in an empty line', () => expect(runsOf()).toEqual([]));
});
