import { VECTOR_PANEL } from './kernel-constants.ts';

/** Copies row n, column k of [rows, columns] to depth `first` + k, column n of panels [rows / 32, depth, 32]. */
export function transposeIntoPanels(
  source: Float32Array,
  start: number,
  rows: number,
  columns: number,
  panels: Float32Array,
  target: number,
  depth: number,
  first: number,
): void {
  for (let n = 0; n < rows; n++) {
    const panel = target + Math.floor(n / VECTOR_PANEL) * depth * VECTOR_PANEL;
    const column = panel + (n % VECTOR_PANEL) + first * VECTOR_PANEL;
    const row = start + n * columns;
    for (let k = 0; k < columns; k++) panels[column + k * VECTOR_PANEL] = source[row + k];
  }
}
