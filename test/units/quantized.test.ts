import { expect, it } from 'vitest';
import { dequantized, quantized } from '../../src/units/index.ts';

it('keeps ends and middle, and everything else to less than 0.004', () => {
  for (const value of [-1, 0, 1]) expect(dequantized(quantized(value))).toBe(value);
  for (let value = -1; value <= 1; value += 0.0137) {
    expect(Math.abs(dequantized(quantized(value)) - value)).toBeLessThan(0.004);
  }
});
