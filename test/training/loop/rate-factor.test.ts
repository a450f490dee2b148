import { describe, expect, it } from 'vitest';
import { rateFactor } from '../../../src/training/loop/rate-factor.ts';

describe('the rate at the end of a run', () => {
  it.each([
    { part: 0, factor: 1 },
    { part: 0.6, factor: 1 },
    { part: 0.8, factor: 0.5 },
    { part: 0.9, factor: 0.25 },
    { part: 1, factor: 0.05 },
  ])('is $factor of the rate when $part is done', ({ part, factor }) => {
    expect(rateFactor(part)).toBeCloseTo(factor, 12);
  });
});
