import { contextsOf, CONTEXTS, ORDERS, type TwinText } from './contexts.ts';

/** What followed a context: symbols with how often they did, by falling count, then by symbol. */
export type CountedSymbols = readonly (readonly [symbol: number, count: number])[];

export const totalOf = (counted: CountedSymbols): number =>
  counted.reduce((sum, [, count]) => sum + count, 0);

/** How often which symbol followed which context. */
export class TwinTable {
  private readonly counts = Array.from({ length: CONTEXTS }, () => new Map<string, Map<number, number>>());
  private readonly skipped: readonly number[];

  /** @param skipped contexts it leaves out */
  constructor(skipped: readonly number[] = []) {
    this.skipped = skipped;
  }

  learn(text: TwinText, from: number, to: number): void {
    this.count(text, from, to, 1);
  }

  unlearn(text: TwinText, from: number, to: number): void {
    this.count(text, from, to, -1);
  }

  /** What followed a context; nothing where it is new. */
  find(context: number, key: string | undefined): CountedSymbols {
    if (key === undefined || this.skipped.includes(context)) return [];
    return [...(this.counts[context].get(key) ?? [])].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  }

  isSkipped(context: number): boolean {
    return this.skipped.includes(context);
  }

  private count(text: TwinText, from: number, to: number, by: 1 | -1): void {
    for (let p = from; p < to; p++) {
      const { keys } = contextsOf(text, p);
      const isCounted = (context: number): boolean => keys[context] !== undefined && !this.isSkipped(context);
      // Kneser and Ney: a shorter context counts in how many of the next longer ones a symbol was seen.
      for (let context = ORDERS.length - 1; context >= 0; context--) {
        if (isCounted(context) && !this.change(context, keys[context]!, text.symbols[p], by)) break;
      }
      for (let context = ORDERS.length; context < CONTEXTS; context++) {
        if (isCounted(context)) this.change(context, keys[context]!, text.symbols[p], by);
      }
    }
  }

  /** Whether the symbol was new behind the context, or is gone from it. */
  private change(context: number, key: string, symbol: number, by: 1 | -1): boolean {
    const ofContext = this.counts[context];
    const symbols = ofContext.get(key) ?? new Map<number, number>();
    ofContext.set(key, symbols);
    const before = symbols.get(symbol) ?? 0;
    if (before + by > 0) symbols.set(symbol, before + by);
    else symbols.delete(symbol);
    if (symbols.size === 0) ofContext.delete(key);
    return before + by === (by === 1 ? 1 : 0);
  }
}
