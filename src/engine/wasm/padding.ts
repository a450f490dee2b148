/** Rows and columns of matrices are padded with zeros to multiples of this many floats, the width of a narrow panel. */
const PADDING = 8;

export function padded(size: number): number {
  return roundUp(size, PADDING);
}

export function roundUp(size: number, multiple: number): number {
  return Math.ceil(size / multiple) * multiple;
}
