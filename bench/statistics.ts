export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The largest |a - b| as part of the L2 norm of b. */
export function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  let squares = 0;
  for (let i = 0; i < b.length; i++) {
    largest = Math.max(largest, Math.abs(a[i] - b[i]));
    squares += b[i] ** 2;
  }
  return largest === 0 ? 0 : largest / Math.sqrt(squares);
}

/** @throws Error when the engine computes something else than the reference: its speed would mean nothing. */
export function demandCloseness(difference: number): void {
  if (!(difference < 1e-4)) throw new Error(`differs from the reference by ${difference} of the norm`);
}
