/** A model file keeps no more points of a curve. */
const MAX_POINTS = 1_000;
/** Of a history with fewer points no step was skipped yet: about half of `MAX_POINTS` are left when that begins. */
const MIN_SKIPPING_POINTS = MAX_POINTS / 4;

interface LossPoint {
  readonly step: number;
  readonly loss: number;
}

/** The training loss at evenly spaced steps: all of them at first, every 2nd, 4th, 8th … as they grow many. */
export class LossHistory {
  private stride: number;
  private points: LossPoint[];
  private latest: LossPoint | undefined;

  /**
   * @param stored as `toStored` gave it.
   * @param steps taken so far; what was measured from there on is forgotten, for it will be measured again.
   */
  constructor(stored: readonly LossPoint[] = [], steps = 0) {
    this.stride = strideOf(stored);
    this.points = stored.filter(({ step }) => step < steps && step % this.stride === 0);
  }

  add(step: number, loss: number): void {
    this.latest = { step, loss };
    if (step % this.stride !== 0) return;
    this.points.push(this.latest);
    if (this.points.length < MAX_POINTS) return;
    this.stride *= 2;
    this.points = this.points.filter((point) => point.step % this.stride === 0);
  }

  /** At most 1,000 points, the latest one among them. */
  toStored(): readonly LossPoint[] {
    const { latest } = this;
    if (!latest || this.points.at(-1)?.step === latest.step) return [...this.points];
    return [...this.points, latest];
  }
}

/** The stride that points were kept by. Gaps between them do not tell it: steps without the context model have no loss. */
function strideOf(stored: readonly LossPoint[]): number {
  // The latest is kept whatever its step.
  const even = stored.slice(0, -1);
  if (even.length < MIN_SKIPPING_POINTS) return 1;
  let stride = 1;
  while (even.every(({ step }) => step % (2 * stride) === 0)) stride *= 2;
  return stride;
}

/** At most 1,000 of `points`: every other one is dropped as often as it takes; the last one stays. */
export function thinned<Point>(points: readonly Point[]): readonly Point[] {
  let kept = points;
  while (kept.length > MAX_POINTS) kept = kept.filter((_, i) => (kept.length - 1 - i) % 2 === 0);
  return kept;
}
