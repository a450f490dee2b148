/** A suggestion, and the probability that it was said to be right with; undefined for methods that say none. */
export interface Offer {
  readonly text: string;
  readonly confidence: number | undefined;
}

/** Of the suggestions that were said to be right with a probability within some bounds, how many were. */
export interface CalibrationRow {
  readonly from: number;
  readonly to: number;
  /** Suggestions, asked for at every place. */
  readonly count: number;
  /** Mean of the probabilities said. */
  readonly stated: number;
  /** Share that was right. */
  readonly right: number;
}

const BOUNDS = [0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Compares the probabilities that suggestions are said to be right with to how often they are. */
export class Calibration {
  private readonly bins = BOUNDS.slice(1).map(() => ({ count: 0, stated: 0, right: 0 }));

  note({ text, confidence }: Offer, typed: string): void {
    if (confidence === undefined) return;
    const index = BOUNDS.findLastIndex((bound) => bound <= confidence);
    const bin = this.bins[Math.min(Math.max(index, 0), this.bins.length - 1)];
    bin.count++;
    bin.stated += confidence;
    if (typed.startsWith(text)) bin.right++;
  }

  /** Takes in what another has noted. */
  add(other: Calibration): void {
    for (const [index, { count, stated, right }] of other.bins.entries()) {
      const bin = this.bins[index];
      bin.count += count;
      bin.stated += stated;
      bin.right += right;
    }
  }

  rows(): CalibrationRow[] {
    return this.bins.flatMap(({ count, stated, right }, index) => {
      if (count === 0) return [];
      const [from, to] = [BOUNDS[index], BOUNDS[index + 1]];
      return [{ from, to, count, stated: stated / count, right: right / count }];
    });
  }
}

/** What several have noted together. */
export function pooled(calibrations: readonly Calibration[]): Calibration {
  const sum = new Calibration();
  for (const each of calibrations) sum.add(each);
  return sum;
}

/** One line for people. */
export function formatCalibration(name: string, rows: readonly CalibrationRow[]): string {
  const percent = (share: number) => (100 * share).toFixed(0);
  const parts = rows.map(
    ({ stated, right, count }) => `${percent(stated)} % said, ${percent(right)} % right (${count})`,
  );
  return `calibration of ${name}: ${parts.join('; ')}`;
}
