/** How readily suggestions come: the setting `charRnn.suggestions.eagerness`. */
export type Eagerness = 'calm' | 'balanced' | 'eager';

/** When a suggestion is worth showing. Probabilities are the predictor's own, at temperature 1. */
export interface Thresholds {
  /** Least probability of the whole text. */
  readonly floor: number;
  /** Characters of work it costs to read and take a suggestion that is right. */
  readonly cost: number;
  /** Characters of work it costs to read one that is wrong. */
  readonly distraction: number;
  /** Least number of characters. */
  readonly minLength: number;
}

/**
 * While typing. Taking a suggestion costs one key. Tuned with `npm run bench -- tune`; docs/benchmarks.md has what
 * each means on code that was not tuned on. The same serve before other text on the line, because probabilities that
 * take it into account (`fitToFollowing`) are as well calibrated there.
 */
export const automaticThresholds: Readonly<Record<Eagerness, Thresholds>> = {
  calm: { floor: 0.5, cost: 1, distraction: 3, minLength: 4 },
  balanced: { floor: 0.49, cost: 1, distraction: 1, minLength: 2 },
  eager: { floor: 0.34, cost: 1, distraction: 0.5, minLength: 2 },
};

/**
 * Asked for by hand: less is enough, since the user waits for an answer, but a short text that is right is better than
 * a line that is wrong. Tuned on code bases that no published figure is from, to be right twice in five times.
 */
export const explicitThresholds: Thresholds = { floor: 0.2, cost: 0, distraction: 1.5, minLength: 1 };

/** Asked for by hand above temperature 0, which is asking for texts that are not the likeliest. */
export const drawnThresholds: Thresholds = { floor: 0.02, cost: 0, distraction: 0, minLength: 1 };

/** What else is listed when asked for by hand. */
export const alternativeThresholds: Thresholds = { floor: 0.05, cost: 0, distraction: 0.5, minLength: 1 };

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
  { floor, cost, distraction, minLength }: Thresholds,
): { text: string; confidence: number } | undefined {
  let best: { text: string; confidence: number } | undefined;
  let bestGain = 0;
  let length = 0;
  let characters = 0;
  for (const character of path.text) {
    length += character.length;
    const confidence = path.probabilities[characters++];
    if (length > limit || !(confidence >= floor)) break;
    if (character.trim() === '' || characters < minLength) continue;
    const gain = confidence * (characters - cost) - (1 - confidence) * distraction;
    if (gain <= bestGain) continue;
    bestGain = gain;
    best = { text: path.text.slice(0, length), confidence };
  }
  return best;
}
