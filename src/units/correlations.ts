/**
 * Pearson's correlations r of many series x with a few series y, which are given together and position by position. For
 * a y of 0 and 1 this is the point-biserial correlation.
 */
export class Correlations {
  private readonly xCount: number;
  private readonly yCount: number;
  private count = 0;
  /** Sums of x [X], x² [X], y [Y], y² [Y] and of the products [Y, X]. */
  private readonly sumX: Float64Array;
  private readonly sumXX: Float64Array;
  private readonly sumY: Float64Array;
  private readonly sumYY: Float64Array;
  private readonly sumXY: Float64Array;

  /** @param xCount X @param yCount Y */
  constructor(xCount: number, yCount: number) {
    this.xCount = xCount;
    this.yCount = yCount;
    this.sumX = new Float64Array(xCount);
    this.sumXX = new Float64Array(xCount);
    this.sumY = new Float64Array(yCount);
    this.sumYY = new Float64Array(yCount);
    this.sumXY = new Float64Array(xCount * yCount);
  }

  /** Adds a position. @param xs [X] @param ys [Y], small numbers, since their squares are summed. */
  add(xs: ArrayLike<number>, ys: ArrayLike<number>): void {
    const { xCount, yCount, sumX, sumXX, sumXY } = this;
    this.count++;
    for (let x = 0; x < xCount; x++) {
      sumX[x] += xs[x];
      sumXX[x] += xs[x] * xs[x];
    }
    for (let y = 0; y < yCount; y++) {
      const value = ys[y];
      this.sumY[y] += value;
      this.sumYY[y] += value * value;
      // Most features are 0 at most positions.
      if (value !== 0) for (let x = 0; x < xCount; x++) sumXY[y * xCount + x] += value * xs[x];
    }
  }

  /** r of x and y, from -1 to 1; 0 where one of them never changes. */
  between(x: number, y: number): number {
    const { count } = this;
    const varianceX = count * this.sumXX[x] - this.sumX[x] ** 2;
    const varianceY = count * this.sumYY[y] - this.sumY[y] ** 2;
    // What is left of rounding is no variance.
    const floor = 1e-9 * count;
    if (varianceX <= floor * this.sumXX[x] || varianceY <= floor * this.sumYY[y]) return 0;
    const covariance = count * this.sumXY[y * this.xCount + x] - this.sumX[x] * this.sumY[y];
    return Math.max(-1, Math.min(1, covariance / Math.sqrt(varianceX * varianceY)));
  }
}
