import { describe, expect, it } from 'vitest';
import { secondsToReach } from '../../bench/quality/curve.ts';

const curve = [
  { seconds: 10, characters: 1, bitsPerCharacter: 4 },
  { seconds: 20, characters: 2, bitsPerCharacter: 3 },
  { seconds: 60, characters: 6, bitsPerCharacter: 2 },
];

describe('secondsToReach', () => {
  it('is between two points on a straight line', () => {
    expect(secondsToReach(curve, 2.5)).toBe(40);
    expect(secondsToReach(curve, 3)).toBe(20);
  });

  it('is the first point where that is low enough', () => {
    expect(secondsToReach(curve, 5)).toBe(10);
  });

  it('is undefined where the curve never gets there', () => {
    expect(secondsToReach(curve, 1.9)).toBeUndefined();
    expect(secondsToReach([], 1.9)).toBeUndefined();
  });
});
