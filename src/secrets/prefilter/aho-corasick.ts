/** Letters without regard to case, one class for all digits, one for all beyond ASCII; the rest of ASCII as it is. */
const CLASSES = 128;
const FOREIGN = 0;
const CLASS_OF = Uint8Array.from({ length: 0x1_0000 }, (_, unit) => classOf(unit));

/** One keyword: literal text, and a pattern that must match where it begins for it to count. */
export interface Keyword {
  readonly text: string;
  readonly pattern?: RegExp;
}

/**
 * Finds any of many keywords in one pass over a text, some 2 ns a character however many they are: an automaton of
 * Aho and Corasick ("Efficient string matching", 1975) with all its transitions in a table. Letters are compared
 * without regard to case, any digit of a keyword stands for all digits and any character beyond ASCII for all of
 * these.
 */
export class Keywords {
  /** [states, CLASSES]: the next state. */
  private readonly next: Uint16Array;
  /** By state: the keywords that end there. */
  private readonly ending: readonly (readonly { readonly length: number; readonly pattern?: RegExp }[])[];
  /** By state: 1 where a keyword ends. */
  private readonly isEnd: Uint8Array;

  constructor(keywords: readonly Keyword[]) {
    const children = [new Map<number, number>()];
    const ending: { length: number; pattern?: RegExp }[][] = [[]];
    for (const { text, pattern } of keywords) {
      let state = 0;
      for (const symbol of classesOf(text)) {
        let child = children[state].get(symbol);
        if (child === undefined) {
          child = children.push(new Map()) - 1;
          ending.push([]);
          children[state].set(symbol, child);
        }
        state = child;
      }
      ending[state].push({
        length: text.length,
        ...(pattern && { pattern: new RegExp(pattern, `${pattern.flags}y`) }),
      });
    }
    this.next = new Uint16Array(children.length * CLASSES);
    this.ending = ending;
    this.linkFailures(children, ending);
    this.isEnd = Uint8Array.from(ending, (list) => (list.length > 0 ? 1 : 0));
  }

  /** Where the first keyword in `text` from `start` on ends: the index of its last unit; `end` where there is none before. */
  search(text: string, start: number, end: number): number {
    const { next, isEnd } = this;
    let state = 0;
    for (let i = start; i < end; i++) {
      state = next[state * CLASSES + CLASS_OF[text.charCodeAt(i)]];
      if (isEnd[state] === 1 && this.counts(text, i, state)) return i;
    }
    return end;
  }

  /** Fills the table in the order of the states' depth, so that a state's failure is done before it. */
  private linkFailures(
    children: readonly Map<number, number>[],
    ending: { length: number; pattern?: RegExp }[][],
  ): void {
    const failure = new Uint16Array(children.length);
    const queue = [0];
    for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
      const row = state * CLASSES;
      const fallback = failure[state] * CLASSES;
      for (let symbol = 0; symbol < CLASSES; symbol++) {
        const child = children[state].get(symbol);
        if (child === undefined) {
          this.next[row + symbol] = state === 0 ? 0 : this.next[fallback + symbol];
          continue;
        }
        this.next[row + symbol] = child;
        failure[child] = state === 0 ? 0 : this.next[fallback + symbol];
        ending[child].push(...ending[failure[child]]);
        queue.push(child);
      }
    }
  }

  private counts(text: string, last: number, state: number): boolean {
    return this.ending[state].some(({ length, pattern }) => {
      if (pattern === undefined) return true;
      pattern.lastIndex = last - length + 1;
      return pattern.test(text);
    });
  }
}

function classesOf(text: string): number[] {
  return Array.from({ length: text.length }, (_, i) => CLASS_OF[text.charCodeAt(i)]);
}

function classOf(unit: number): number {
  if (unit >= CLASSES) return FOREIGN;
  if (unit >= 0x30 && unit <= 0x39) return 0x30;
  return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
}
