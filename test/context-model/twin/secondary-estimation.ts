const RATE = 0.01;
const MAX_PROBABILITY = 0.99995;
const logit = (p: number): number => Math.log(p / (1 - p));
const coarse = (order: number): number => [2, 4, 6, 7, 8].filter((end) => order >= end).length;

/** How often the best symbol came when it was given such a probability in such circumstances. */
export class TwinEstimation {
  /** [24] by circumstance: estimates for logits from -4 in steps of a half. */
  private readonly estimates = new Map<string, number[]>();
  private learnLast: (didCome: boolean) => void = () => undefined;

  /** Corrects the most probable one; the others share what that leaves. */
  correct(
    probabilities: readonly number[],
    documentOrder: number,
    workspaceOrder: number,
    wordLength: number,
  ): number[] {
    const best = probabilities.indexOf(Math.max(...probabilities));
    const before = probabilities[best];
    const key = `${coarse(documentOrder)} ${coarse(workspaceOrder)} ${Math.min(wordLength, 2)}`;
    const estimates =
      this.estimates.get(key) ?? Array.from({ length: 24 }, (_, i) => 1 / (1 + Math.exp(4 - i / 2)));
    this.estimates.set(key, estimates);
    const bounded = Math.min(Math.max(before, 0.0001), MAX_PROBABILITY);
    const x = Math.min(Math.max((logit(bounded) + 4) * 2, 0), 22.999);
    const i = Math.floor(x);
    const share = x - i;
    this.learnLast = (didCome) => {
      estimates[i] += (Number(didCome) - estimates[i]) * RATE * (1 - share);
      estimates[i + 1] += (Number(didCome) - estimates[i + 1]) * RATE * share;
    };
    if (before > MAX_PROBABILITY) return [...probabilities];
    const after = (before + estimates[i] * (1 - share) + estimates[i + 1] * share) / 2;
    return probabilities.map((p, row) => (row === best ? after : (p * (1 - after)) / (1 - before)));
  }

  /** @param didCome whether the symbol that was corrected last came */
  learn(didCome: boolean): void {
    this.learnLast(didCome);
  }
}
