/**
 * The symbols a network knows: Unicode code points by falling frequency (ties by code point), behind two
 * ids of their own. Immutable.
 */
export class Vocabulary {
  /** Stands for every code point not in the vocabulary; written as U+FFFD. */
  static readonly unknown = 0;
  /** Marks the start of a file; written as U+0002. Never predicted as a target. */
  static readonly startOfFile = 1;

  /** One-symbol strings by id; the first two are U+FFFD and U+0002. */
  readonly symbols: readonly string[];

  private constructor(symbols: readonly string[]) {
    this.symbols = symbols;
  }

  get size(): number {
    return this.symbols.length;
  }

  /** Counts `texts`; keeps the `maxSize` most frequent (the two special ids included). */
  static fromTexts(_texts: Iterable<string>, _maxSize?: number): Vocabulary {
    throw new Error('in progress');
  }

  /** From a list by id as stored in a model file; throws a plain `Error` saying what is wrong with it. */
  static fromSymbols(symbols: readonly unknown[]): Vocabulary {
    return new Vocabulary(symbols as string[]);
  }

  /** Ids of the code points of `text`; unseen ones, U+FFFD and U+0002 become `unknown`. */
  encode(_text: string): Int32Array {
    throw new Error('in progress');
  }

  /** The text of `ids`; `startOfFile` gives nothing. */
  decode(_ids: ArrayLike<number>): string {
    throw new Error('in progress');
  }
}
