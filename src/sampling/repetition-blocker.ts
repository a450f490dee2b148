/** Number of equal code points from which on two passages count as the same one. */
const SEED_LENGTH = 16;
/** Longest repetition in code points; after it, the text must deviate at the next beginning or end of a word. */
const MAX_REPEATED = 40;
/** Longest repetition that ends within a word. */
const MAX_REPEATED_IN_WORD = 56;
/** Number of the last code points among which earlier passages are searched. */
const MAX_LOOKBACK = 16_384;

const WORD_CHARACTER = /[\p{L}\p{N}\p{M}_]/u;
const NOTHING: ReadonlySet<number> = new Set();

/**
 * Finds the code points that would continue a repetition of an earlier passage, so that a sample ends the repetition by
 * drawing another one: n-gram blocking (Paulus, Xiong and Socher, A Deep Reinforced Model for Abstractive
 * Summarization, 2018, section 2.5), with n in characters, and long enough for the repetitions that are normal in code.
 */
export class RepetitionBlocker {
  private written: number[] = [];
  /** Positions where passages of `SEED_LENGTH` code points end, by their text. */
  private ends = new Map<string, number[]>();
  /** Earlier passages that the text repeats at present: position behind the last repeated code point, and length. */
  private repeated = new Map<number, number>();

  /** @param text the prime. */
  constructor(text = '') {
    for (const character of [...text].slice(-MAX_LOOKBACK)) this.add(character.codePointAt(0)!);
  }

  /** Appends a code point to the text. */
  add(codePoint: number): void {
    if (this.written.length >= 2 * MAX_LOOKBACK) this.forgetOldest();
    const goingOn = new Map<number, number>();
    for (const [end, length] of this.repeated) {
      if (this.written[end] === codePoint) goingOn.set(end + 1, length + 1);
    }
    this.repeated = goingOn;
    this.written.push(codePoint);
    const end = this.written.length;
    if (end < SEED_LENGTH) return;
    const seed = String.fromCodePoint(...this.written.slice(end - SEED_LENGTH));
    const earlier = this.ends.get(seed);
    for (const other of earlier ?? []) if (!goingOn.has(other)) goingOn.set(other, SEED_LENGTH);
    if (earlier) earlier.push(end);
    else this.ends.set(seed, [end]);
  }

  /** The code points that must not come next. */
  blocked(): ReadonlySet<number> {
    let blocked: Set<number> | undefined;
    for (const [end, length] of this.repeated) {
      const next = this.written[end];
      const max = this.isInWord(next) ? MAX_REPEATED_IN_WORD : MAX_REPEATED;
      if (length >= max) (blocked ??= new Set()).add(next);
    }
    return blocked ?? NOTHING;
  }

  private isInWord(next: number): boolean {
    const last = this.written.at(-1)!;
    return [last, next].every((codePoint) => WORD_CHARACTER.test(String.fromCodePoint(codePoint)));
  }

  private forgetOldest(): void {
    const kept = this.written.slice(-MAX_LOOKBACK);
    this.written = [];
    this.ends = new Map();
    this.repeated = new Map();
    for (const codePoint of kept) this.add(codePoint);
  }
}
