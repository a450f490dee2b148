/** The scores of the lines of one text, apart by whether a mistake was put into them. */
export interface Scores {
  readonly wrong: readonly number[];
  readonly right: readonly number[];
}

/** How well scores find mistakes. */
export interface Ranking {
  /** Number of lines with a mistake. */
  readonly mistakes: number;
  /** Area under the ROC curve, 0 to 1: how often a line with a mistake is above one of the same text without. */
  readonly auc: number;
  /** Share of the lines with a mistake that are among the top 5 % of their text. */
  readonly top5: number;
}

const TOP_SHARE = 0.05;

/** Pools the texts: each pair of a wrong and a right line of the same text counts once, equal scores as half. */
export function rankingOf(texts: readonly Scores[]): Ranking {
  let [mistakes, pairs, won, top] = [0, 0, 0, 0];
  for (const { wrong, right } of texts) {
    const falling = [...wrong, ...right].sort((a, b) => b - a);
    const limit = falling[Math.max(1, Math.floor(falling.length * TOP_SHARE)) - 1];
    for (const score of wrong) {
      mistakes++;
      pairs += right.length;
      if (score >= limit) top++;
      for (const other of right) won += score > other ? 1 : score === other ? 0.5 : 0;
    }
  }
  return { mistakes, auc: won / pairs, top5: top / mistakes };
}
