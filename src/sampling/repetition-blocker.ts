/** Code points that must agree before two passages count as the same one. */
const SEED_LENGTH = 16;
/** A passage may be repeated over so many code points; then it has to leave where a word begins or ends. */
const MAX_REPEATED = 40;
/** After so many it has to leave within a word, too. */
const MAX_REPEATED_IN_WORD = 56;
/** Code points that are looked back on. */
const MAX_REMEMBERED = 16_384;

const WORD_CHARACTER = /[\p{L}\p{N}\p{M}_]/u;
const NOTHING: ReadonlySet<number> = new Set();

/**
 * Says which code points would let a text go on repeating what it has said before, so that a sample leaves a circle
 * by drawing something else: n-gram blocking (Paulus, Xiong and Socher, A Deep Reinforced Model for Abstractive
 * Summarization, 2018, section 2.5), with n in characters and long enough for what code repeats rightly.
 */
export class RepetitionBlocker {
  private written: number[] = [];
  /** Ends of the passages of `SEED_LENGTH` code points, by what they say. */
  private ends = new Map<string, number[]>();
  /** By its end, how many code points of an earlier passage the text repeats at present. */
  private repeated = new Map<number, number>();

  /** @param text that is gone on from. */
  constructor(text = '') {
    for (const character of [...text].slice(-MAX_REMEMBERED)) this.add(character.codePointAt(0)!);
  }

  /** Goes on over a code point that was written. */
  add(codePoint: number): void {
    if (this.written.length >= 2 * MAX_REMEMBERED) this.forgetOldest();
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

  /** Code points that may not come next. */
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
    const kept = this.written.slice(-MAX_REMEMBERED);
    this.written = [];
    this.ends = new Map();
    this.repeated = new Map();
    for (const codePoint of kept) this.add(codePoint);
  }
}
