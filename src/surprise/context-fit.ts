import type { TextWords } from './text-words.ts';
import { contextHash, CONTEXTS, tokenHash, type TokenCounts } from './token-counts.ts';

/** An occurrence in the text itself counts as much as so many in other files. */
export const TEXT_WEIGHT = 4;
/** How many occurrences of a context make its own counts as good as what more general ones say. */
const SMOOTHING = 2;
/** Occurrences of a token that was never seen. */
const UNSEEN = 0.2;
/** Words that stood last before a token in the text, which might be meant. */
const MAX_RECENT = 8;
/** Where a token is as probable as this, no other one is sought. */
const CERTAIN = 0.5;

/** How well a token fits between its neighbours. */
export interface Fit {
  /** -log2 of its probability there. */
  readonly bits: number;
  /** log2 of how much more probable the best alternative is; negative where there is none. */
  readonly ratio: number;
  /** Id of the best alternative; 0: none was found. */
  readonly alternative: number;
}

/**
 * Probabilities of the tokens of a text from what stands on both sides of each, with counts from the workspace and from
 * all of the text but the occurrence itself. Each context is smoothed with the more general one before it (MacKay and
 * Peto, A hierarchical Dirichlet language model, 1995); the text's own counts are the cache of Tu, Su and Devanbu, On
 * the localness of software, 2014.
 */
export class ContextFit {
  private readonly workspace: TokenCounts;
  private readonly words: TextWords;
  private readonly total: number;
  private readonly hashes = new Uint32Array(CONTEXTS);
  private readonly totals = new Float64Array(CONTEXTS);

  constructor(workspace: TokenCounts, words: TextWords) {
    this.workspace = workspace;
    this.words = words;
    this.total = workspace.tokens + TEXT_WEIGHT * words.counts.tokens + 1;
  }

  /** @param place of the token in `words.ids` */
  at(place: number): Fit {
    const { words } = this;
    const actual = words.idAt(place);
    this.look(place);
    const probability = this.probability(actual, 1);
    let best = 0;
    let alternative = 0;
    if (probability < CERTAIN) {
      for (const other of this.candidates(place)) {
        if (other === actual || other === 0) continue;
        const found = this.probability(other, 0);
        if (found > best) [best, alternative] = [found, other];
      }
    } else best = 1 - probability;
    return { bits: -Math.log2(probability), ratio: Math.log2((best + 1e-9) / probability), alternative };
  }

  private *candidates(place: number): Generator<number, void, void> {
    const { words } = this;
    yield* words.alternativesAt(place);
    for (let back = 2; back < 2 + MAX_RECENT; back++) yield words.idAt(place - back);
  }

  /** Looks the contexts of a place up, without its own occurrence. */
  private look(place: number): void {
    const { words, workspace, hashes, totals } = this;
    const [l2, l1, r1, r2] = [-2, -1, 1, 2].map((step) => words.idAt(place + step));
    for (let context = 0; context < CONTEXTS; context++) {
      const hash = contextHash(context, l1, l2, r1, r2);
      hashes[context] = hash;
      totals[context] = workspace.at(hash) + TEXT_WEIGHT * Math.max(0, words.counts.at(hash) - 1);
    }
  }

  /** @param own occurrences that are not to count: 1 for the token that stands there */
  private probability(id: number, own: 0 | 1): number {
    const { words, workspace, hashes, totals } = this;
    let probability = (workspace.of(id) + TEXT_WEIGHT * (words.counts.of(id) - own) + UNSEEN) / this.total;
    for (let context = 0; context < CONTEXTS; context++) {
      if (totals[context] <= 0) continue;
      const hash = tokenHash(hashes[context], id);
      const count = workspace.at(hash) + TEXT_WEIGHT * Math.max(0, words.counts.at(hash) - own);
      probability =
        (Math.min(count, totals[context]) + SMOOTHING * probability) / (totals[context] + SMOOTHING);
    }
    return probability;
  }
}
