/** A model file keeps no more points of a curve. */
const MAX_POINTS = 1_000;
/** Of a history with fewer points no step was skipped yet: about half of `MAX_POINTS` are left when that begins. */
const MIN_SKIPPING_POINTS = MAX_POINTS / 4;

interface LossPoint {
  readonly step: number;
  readonly loss: number;
}

/**
 * The training loss at evenly spaced steps: all of them at first, every 2nd, 4th, 8th … as they grow many. Where not each
 * step has a loss, the first one that has, of each 2, 4, 8 … steps.
 */
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
    this.points = firstOfEach(
      this.stride,
      stored.filter(({ step }) => step < steps),
    );
  }

  add(step: number, loss: number): void {
    this.latest = { step, loss };
    const last = this.points.at(-1);
    if (last && isOfSame(this.stride, last, this.latest)) return;
    this.points.push(this.latest);
    while (this.points.length >= MAX_POINTS) {
      this.stride *= 2;
      this.points = firstOfEach(this.stride, this.points);
    }
  }

  /** At most 1,000 points, the latest one among them. */
  toStored(): readonly LossPoint[] {
    const { latest } = this;
    if (!latest || this.points.at(-1)?.step === latest.step) return [...this.points];
    return [...this.points, latest];
  }
}

/** Whether two steps are of the same `stride` steps. */
function isOfSame(stride: number, one: LossPoint, other: LossPoint): boolean {
  return Math.floor(one.step / stride) === Math.floor(other.step / stride);
}

/** @param points by rising step. */
function firstOfEach(stride: number, points: readonly LossPoint[]): LossPoint[] {
  return points.filter((point, i) => i === 0 || !isOfSame(stride, points[i - 1], point));
}

/** The stride that points were kept by. Gaps between them do not tell it: steps without the context model have no loss. */
function strideOf(stored: readonly LossPoint[]): number {
  // The latest is kept whatever its step.
  const even = stored.slice(0, -1);
  if (even.length < MIN_SKIPPING_POINTS) return 1;
  let stride = 1;
  while (firstOfEach(2 * stride, even).length === even.length) stride *= 2;
  return stride;
}

/** At most 1,000 of `points`: every other one is dropped as often as it takes; the last one stays. */
export function thinned<Point>(points: readonly Point[]): readonly Point[] {
  let kept = points;
  while (kept.length > MAX_POINTS) kept = kept.filter((_, i) => (kept.length - 1 - i) % 2 === 0);
  return kept;
}
