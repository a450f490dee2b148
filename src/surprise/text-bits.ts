/** What a predictor that does not know a line gave to each UTF-16 unit of it; of a surrogate pair, to the first. */
export interface LineBits {
  /** -log2 of the probability of what stands there. */
  readonly actual: Float32Array;
  /** -log2 of the probability of the likeliest character there, at most `actual`. */
  readonly best: Float32Array;
}

/** What would have been likelier than what stands in a line. */
export interface Likelier {
  /** Of the unit of the line where it begins. */
  readonly offset: number;
  /** To the end of a word, or one sign. */
  readonly text: string;
}

/** -log2 of how much less likely than the likeliest character a unit of a line is. */
export function gapAt({ actual, best }: LineBits, offset: number): number {
  return actual[offset] - best[offset];
}
