export interface CurvePoint {
  /** Seconds of training. */
  readonly seconds: number;
  readonly characters: number;
  /** Bits per character of the held-out files. */
  readonly bitsPerCharacter: number;
}

export interface Curve {
  readonly name: string;
  readonly points: readonly CurvePoint[];
}

/**
 * Seconds at which a curve first is as low as `bitsPerCharacter`, between its points on a straight line; undefined
 * where it never is.
 */
export function secondsToReach(points: readonly CurvePoint[], bitsPerCharacter: number): number | undefined {
  const at = points.findIndex((point) => point.bitsPerCharacter <= bitsPerCharacter);
  if (at < 0) return undefined;
  const after = points[at];
  if (at === 0) return after.seconds;
  const before = points[at - 1];
  const part =
    (before.bitsPerCharacter - bitsPerCharacter) / (before.bitsPerCharacter - after.bitsPerCharacter);
  return before.seconds + part * (after.seconds - before.seconds);
}
