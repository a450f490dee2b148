/** What a predictor that does not know a line gave to each UTF-16 unit of it; of a surrogate pair, to the first. */
export interface LineBits {
  /** -log2 of the probability of what stands there. */
  readonly actual: Float32Array;
  /** -log2 of the probability of the likeliest character there, at most `actual`. */
  readonly best: Float32Array;
  /** What was expected instead, from the unit at `offset` of the line to the end of a word; undefined where the likeliest stood there. */
  readonly expected: { readonly offset: number; readonly text: string } | undefined;
}

/** -log2 of how much less likely than the likeliest character a unit of a line is. */
export function gapAt({ actual, best }: LineBits, offset: number): number {
  return actual[offset] - best[offset];
}
