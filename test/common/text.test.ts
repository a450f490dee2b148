import { describe, expect, it } from 'vitest';
import {
  isHighSurrogate,
  isLowSurrogate,
  isSurrogate,
  isSurrogatePair,
  normalized,
} from '../../src/common/text.ts';

describe('surrogates', () => {
  it.each([
    [0xd7ff, false, false],
    [0xd800, true, false],
    [0xdbff, true, false],
    [0xdc00, false, true],
    [0xdfff, false, true],
    [0xe000, false, false],
    [0x1d800, false, false],
  ])('of %i', (unit, high, low) => {
    expect([isHighSurrogate(unit), isLowSurrogate(unit)].map((half) => half && unit < 0x1_0000)).toEqual([
      high,
      low,
    ]);
    expect(isSurrogate(unit)).toBe(high || low);
  });

  it('are a pair only together', () => {
    expect(isSurrogatePair('a😀', 1)).toBe(true);
    expect(isSurrogatePair('a😀', 2)).toBe(false);
    expect(isSurrogatePair('\ud83d', 0)).toBe(false);
  });
});

describe('normalized', () => {
  it('has LF line ends and composed characters', () => {
    expect(normalized('a\r\nb\rc\n\u0065\u0301')).toBe('a\nb\nc\n\u00e9');
  });
});
