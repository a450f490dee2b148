import type { Steps } from './steps.ts';

/** Contexts of a token, from the most general to the most special; l and r are its neighbours, the nearest first. */
export const CONTEXTS = 6;

/** Tokens that are counted in one step: about a millisecond. */
export const STEP_TOKENS = 1_000;

/**
 * How often tokens stand in contexts. Counts are kept by hash: two contexts that share a cell are counted as one, which
 * happens to few as long as the table is larger than what is counted.
 */
export class TokenCounts {
  private readonly cells: Uint16Array;
  private readonly mask: number;
  private readonly unigrams = new Map<number, number>();
  private countedTokens = 0;

  /** @param sizeBits logarithm to base 2 of the number of cells */
  constructor(sizeBits: number) {
    this.cells = new Uint16Array(2 ** sizeBits);
    this.mask = this.cells.length - 1;
  }

  get tokens(): number {
    return this.countedTokens;
  }

  /** Counts the tokens of a text, by their ids in order, `times` times; -1 takes them back. */
  *adding(ids: ArrayLike<number>, times: 1 | -1): Steps<void> {
    let l2 = 0;
    let l1 = 0;
    for (let i = 0; i < ids.length; i++) {
      if (i % STEP_TOKENS === STEP_TOKENS - 1) yield;
      const id = ids[i];
      const r1 = ids[i + 1] ?? 0;
      const r2 = ids[i + 2] ?? 0;
      this.countedTokens += times;
      this.unigrams.set(id, (this.unigrams.get(id) ?? 0) + times);
      for (let context = 0; context < CONTEXTS; context++) {
        const hash = contextHash(context, l1, l2, r1, r2);
        this.change(hash, times);
        this.change(tokenHash(hash, id), times);
      }
      l2 = l1;
      l1 = id;
    }
  }

  /** Occurrences of a token anywhere. */
  of(id: number): number {
    return this.unigrams.get(id) ?? 0;
  }

  /** Occurrences of a context, by its hash, or of a token in one. */
  at(hash: number): number {
    return this.cells[hash & this.mask];
  }

  private change(hash: number, times: number): void {
    const cell = hash & this.mask;
    const value = this.cells[cell] + times;
    if (value >= 0 && value <= 0xffff) this.cells[cell] = value;
  }
}

/** A hash of a context of the token between the neighbours. */
export function contextHash(context: number, l1: number, l2: number, r1: number, r2: number): number {
  switch (context) {
    case 0:
      return mix(0x1000193, r1, 0, 0);
    case 1:
      return mix(0x2000193, l1, 0, 0);
    case 2:
      return mix(0x3000193, l1, r1, 0);
    case 3:
      return mix(0x4000193, l1, l2, 0);
    case 4:
      return mix(0x5000193, r1, r2, 0);
    default:
      return mix(0x6000193, l1, l2, r1);
  }
}

export function tokenHash(context: number, id: number): number {
  return mix(context ^ 0x5bd1e995, id, 1, 0);
}

function mix(seed: number, a: number, b: number, c: number): number {
  let hash = Math.imul(seed ^ a, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ b, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13) ^ c, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 16), 0x165667b1);
  return (hash ^ (hash >>> 15)) >>> 0;
}
