import type { CurvePoint } from '../protocol.ts';

/** Points that a page or a file keeps of a training; a chart has about as many pixels. */
export const MAX_POINTS = 1_200;

/**
 * Both lists as one, by rising step. Where a step is in both, the fields of `later` count.
 * @param points and `later` are by rising step; an empty one costs nothing.
 */
export function mergePoints(
  points: readonly CurvePoint[],
  later: readonly CurvePoint[],
): readonly CurvePoint[] {
  const [first] = later;
  if (first === undefined) return points;
  const keptFrom = points.findLastIndex(({ step }) => step < first.step) + 1;
  const merged = points.slice(0, keptFrom);
  let i = keptFrom;
  for (const point of later) {
    while (i < points.length && points[i].step < point.step) merged.push(points[i++]);
    const isSameStep = i < points.length && points[i].step === point.step;
    merged.push(isSameStep ? { ...points[i++], ...point } : withLast(merged, point));
  }
  merged.push(...points.slice(i));
  return merged;
}

/** `point`, or one with the fields of the last of `merged`, which is removed, where that is of the same step. */
function withLast(merged: CurvePoint[], point: CurvePoint): CurvePoint {
  return merged.at(-1)?.step === point.step ? { ...merged.pop(), ...point } : point;
}

/**
 * At most `max` points: every other one is dropped, as often as it takes. The last one stays, and so do those with a
 * measure of the held-out files as long as these are fewer than half of `max`.
 */
export function thinPoints(points: readonly CurvePoint[], max = MAX_POINTS): readonly CurvePoint[] {
  let kept = points;
  while (kept.length > max) {
    const measures = kept.reduce((sum, { heldOutBits }) => sum + (heldOutBits === undefined ? 0 : 1), 0);
    const keepsMeasures = measures < max / 2;
    const last = kept.length - 1;
    kept = kept.filter(
      ({ heldOutBits }, i) => (last - i) % 2 === 0 || (keepsMeasures && heldOutBits !== undefined),
    );
  }
  return kept;
}
