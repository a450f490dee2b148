import { describe, expect, it } from 'vitest';
import { bestBeginning } from '../../../src/completion/decode/display-policy.ts';

const thresholds = { floor: 0, cost: 1, distraction: 1, minLength: 2 };

/** A path whose every code point is right with the given probability, if all before were. */
function pathOf(text: string, ...steps: number[]) {
  let product = 1;
  return { text, probabilities: [...text].map((_, index) => (product *= steps[index] ?? steps.at(-1)!)) };
}

describe('the beginning worth showing', () => {
  for (const { name, path, limit = 100, want } of [
    { name: 'is all of a sure text', path: pathOf('abcdef', 1), want: 'abcdef' },
    { name: 'ends before a doubt', path: pathOf('abcdef', 1, 1, 1, 0.2, 1), want: 'abc' },
    {
      name: 'goes past a doubt when much follows it',
      path: pathOf('ab cdefghijkl', 1, 1, 1, 0.6, 1),
      want: 'ab cdefghijkl',
    },
    { name: 'does not end in white space', path: pathOf('abc  ', 1), want: 'abc' },
    { name: 'stays within the limit', path: pathOf('abcdef', 1), limit: 4, want: 'abcd' },
    { name: 'keeps code points whole', path: pathOf('ab😀', 1), limit: 3, want: 'ab' },
    { name: 'is nothing when it is too short', path: pathOf('a ', 1), want: undefined },
    { name: 'is nothing when it is wrong more than right', path: pathOf('abc', 0.6), want: undefined },
    { name: 'is nothing of nothing', path: pathOf('', 1), want: undefined },
  ]) {
    it(name, () => expect(bestBeginning(path, limit, thresholds)?.text).toBe(want));
  }

  it('tells how likely it is', () => {
    expect(bestBeginning(pathOf('abcde', 0.9), 3, thresholds)?.confidence).toBeCloseTo(0.729, 12);
  });
});
