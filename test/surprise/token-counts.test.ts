import { describe, expect, it } from 'vitest';
import { finished } from '../../src/surprise/steps.ts';
import { contextHash, TokenCounts, tokenHash } from '../../src/surprise/token-counts.ts';

describe('TokenCounts', () => {
  it('counts a token and its contexts, and takes them back', () => {
    const counts = new TokenCounts(16);
    finished(counts.adding([1, 2, 3, 1, 2, 4], 1));
    expect(counts.tokens).toBe(6);
    expect(counts.of(2)).toBe(2);
    const behindOne = contextHash(1, 1, 0, 0, 0);
    expect(counts.at(behindOne)).toBe(2);
    expect(counts.at(tokenHash(behindOne, 2))).toBe(2);
    expect(counts.at(tokenHash(behindOne, 3))).toBe(0);
    const between = contextHash(2, 1, 0, 3, 0);
    expect(counts.at(tokenHash(between, 2))).toBe(1);
    finished(counts.adding([1, 2, 3, 1, 2, 4], -1));
    expect([counts.tokens, counts.of(2), counts.at(behindOne)]).toEqual([0, 0, 0]);
  });
});
