import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/output/exit-status.ts';
import { offsetOf } from '../../../src/cli/options/position.ts';

describe('offsetOf', () => {
  const text = 'ab\n\n😀c\n';
  for (const [line, column, offset] of [
    [1, 1, 0],
    [1, 3, 2],
    [1, undefined, 2],
    [2, 1, 3],
    [2, undefined, 3],
    [3, 1, 4],
    [3, 3, 6],
    [3, undefined, 7],
    [4, 1, 8],
    [4, undefined, 8],
  ] as const) {
    it(`finds line ${line}, column ${column ?? 'at its end'}`, () => {
      expect(offsetOf(text, { line, column })).toBe(offset);
    });
  }

  it('refuses what lies outside', () => {
    expect(() => offsetOf(text, { line: 5, column: 1 })).toThrow(UsageError);
    expect(() => offsetOf(text, { line: 1, column: 4 })).toThrow('line 1 ends at column 3');
    expect(() => offsetOf('', { line: 1, column: 2 })).toThrow(UsageError);
    expect(offsetOf('', { line: 1, column: 1 })).toBe(0);
  });
});
