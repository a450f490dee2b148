import fc from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { RangeSet } from '../../src/context-model/ranges.ts';

const LENGTH = 40;
const bound = fc.nat(LENGTH);
const action = fc.record({
  what: fc.constantFrom('add', 'remove', 'splice'),
  from: bound,
  to: bound,
  inserted: fc.nat(5),
});

describe('a set of ranges', () => {
  it('holds what a set of integers would', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 15 }), bound, bound, (actions, from, to) => {
        const ranges = new RangeSet();
        let integers: boolean[] = new Array<boolean>(LENGTH * 4).fill(false);
        for (const { what, from, to, inserted } of actions) {
          if (what === 'splice') {
            const removed = Math.max(0, to - from);
            ranges.splice(from, removed, inserted);
            const behind = integers.slice(from + removed);
            integers = [...integers.slice(0, from), ...new Array<boolean>(inserted).fill(false), ...behind];
          } else {
            ranges[what](from, to);
            for (let i = from; i < to; i++) integers[i] = what === 'add';
          }
        }
        const expected = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
        const listed = (found: readonly { readonly from: number; readonly to: number }[]): number[] =>
          found.flatMap((range) => Array.from({ length: range.to - range.from }, (_, i) => range.from + i));
        expect(listed(ranges.within(from, to))).toEqual(expected.filter((i) => integers[i]));
        expect(listed(ranges.gapsWithin(from, to))).toEqual(expected.filter((i) => !integers[i]));
        expect(ranges.isEmpty).toBe(!integers.some(Boolean));
        // As few ranges as possible.
        expect(ranges.within(0, Infinity).every(({ to: end }) => !integers[end])).toBe(true);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
