/** When a suggestion is worth showing. Probabilities are the network's own, at temperature 1. */
export interface Thresholds {
  /** Least probability of the whole text: it is extended no further below this. */
  readonly floor: number;
  /** Characters of work it costs to read and take a suggestion that is right. */
  readonly cost: number;
  /** Characters of work it costs to read one that is wrong. */
  readonly distraction: number;
  /** Least number of characters that are not white space. */
  readonly leastVisible: number;
}

/** While typing. */
export const automaticThresholds: Thresholds = { floor: 0.15, cost: 1, distraction: 0.3, leastVisible: 2 };

/** Asked for by hand: the user waits for an answer, and a long one that is partly right is better than none. */
export const explicitThresholds: Thresholds = { floor: 0.02, cost: 0, distraction: 0, leastVisible: 1 };

/** A text and, after each of its code points, the probability of everything up to there. */
export interface Path {
  readonly text: string;
  readonly probabilities: readonly number[];
}

/**
 * The beginning of `path` that saves the most work on average: P · (characters - cost) - (1 - P) · distraction.
 * Never ends in white space.
 * @param limit code units of `path.text` to stay within.
 * @returns undefined when showing nothing is better.
 */
export function bestBeginning(
  path: Path,
  limit: number,
  { cost, distraction, leastVisible }: Thresholds,
): { text: string; confidence: number } | undefined {
  let best: { text: string; confidence: number } | undefined;
  let bestGain = 0;
  let length = 0;
  let visible = 0;
  let characters = 0;
  for (const character of path.text) {
    length += character.length;
    if (length > limit) break;
    const confidence = path.probabilities[characters++];
    if (character.trim() === '') continue;
    visible++;
    const gain = confidence * (characters - cost) - (1 - confidence) * distraction;
    if (visible < leastVisible || gain <= bestGain) continue;
    bestGain = gain;
    best = { text: path.text.slice(0, length), confidence };
  }
  return best;
}
