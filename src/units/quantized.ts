/** The largest quantised value. */
const SCALE = 127;

/** A unit's value in [-1, 1] as a whole number in [-127, 127]. */
export function quantized(value: number): number {
  return Math.round(value * SCALE);
}

/** The value in [-1, 1] of a quantised one, off by less than 0.004. */
export function dequantized(quantized: number): number {
  return quantized / SCALE;
}
