export type Zoom = 'in' | 'out' | 'all';

/** A zoom makes the shown part of the axis so much shorter or longer. */
const FACTOR = 2;
/** Values that are shown at the least. */
const MIN_VALUES = 4;

/**
 * The part of the axis to show next; undefined: all of it.
 * @param positions of the values, rising
 * @param range what is shown now; undefined: all
 * @param marked index of the value that stays in sight; undefined: the last
 */
export function zoomedBy(
  zoom: Zoom,
  positions: readonly number[],
  range: { readonly min: number; readonly max: number } | undefined,
  marked = positions.length - 1,
): { min: number; max: number } | undefined {
  if (zoom === 'all' || positions.length < MIN_VALUES) return undefined;
  const [first, last] = [positions[0], positions[positions.length - 1]];
  const { min, max } = range ?? { min: first, max: last };
  const length = (max - min) * (zoom === 'in' ? 1 / FACTOR : FACTOR);
  if (length >= last - first) return undefined;
  const centre = positions[Math.min(Math.max(marked, 0), positions.length - 1)];
  const from = Math.min(Math.max(first, centre - length / 2), last - length);
  const shown = positions.filter((position) => position >= from && position <= from + length).length;
  return shown < MIN_VALUES ? range && { min, max } : { min: from, max: from + length };
}
