import type { Keyword } from '../rules/rule.ts';

/** Letters without regard to case, one class for all digits, one for all beyond ASCII; the rest of ASCII as it is. */
const CLASSES = 128;
const FOREIGN = 0;
const CLASS_OF = new Uint8Array(0x1_0000).fill(FOREIGN);
for (let unit = 0; unit < CLASSES; unit++) CLASS_OF[unit] = classOf(unit);

const NONE: ReadonlySet<never> = new Set();

/** A keyword that ends in a state, and who asked for it. */
interface Ending<Owner> {
  readonly length: number;
  readonly guard?: RegExp | undefined;
  readonly owner: Owner;
}

/**
 * Finds any of many keywords in one pass over a text, in some 2 ns a character however many they are: the automaton of
 * Aho and Corasick ("Efficient string matching", 1975) with all its transitions in a table. Letters are compared
 * without regard to case, any digit of a keyword matches all digits and any character beyond ASCII all of these; a
 * guard then decides. Keywords with capitals or beyond ASCII are guarded by themselves.
 */
export class KeywordIndex<Owner> {
  /** [states, CLASSES]: the next state. */
  private readonly next: Uint16Array;
  /** By state: the keywords that end there. */
  private readonly endings: readonly (readonly Ending<Owner>[])[];
  /** By state: 1 where a keyword ends. */
  private readonly isEnd: Uint8Array;

  constructor(keywords: Iterable<readonly [Keyword, Owner]>) {
    const children = [new Map<number, number>()];
    const endings: Ending<Owner>[][] = [[]];
    for (const [keyword, owner] of keywords) {
      const text = typeof keyword === 'string' ? keyword : keyword.text;
      let state = 0;
      for (const symbol of classesOf(text)) {
        let child = children[state].get(symbol);
        if (child === undefined) {
          child = children.push(new Map()) - 1;
          endings.push([]);
          children[state].set(symbol, child);
        }
        state = child;
      }
      endings[state].push({ length: text.length, guard: guardOf(keyword), owner });
    }
    this.next = new Uint16Array(children.length * CLASSES);
    this.endings = endings;
    this.linkFailures(children, endings);
    this.isEnd = Uint8Array.from(endings, (list) => (list.length > 0 ? 1 : 0));
  }

  /** The index of the last unit of the keyword in [start, end) that ends first; `end` where there is none. */
  search(text: string, start: number, end: number): number {
    const { next, isEnd } = this;
    let state = 0;
    for (let i = start; i < end; i++) {
      state = next[state * CLASSES + CLASS_OF[text.charCodeAt(i)]];
      if (isEnd[state] === 1 && this.endings[state].some((ending) => isGuarded(ending, text, i))) return i;
    }
    return end;
  }

  /** The owners of all keywords in `text`. */
  ownersIn(text: string): ReadonlySet<Owner> {
    const { next, isEnd } = this;
    let owners: Set<Owner> | undefined;
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      state = next[state * CLASSES + CLASS_OF[text.charCodeAt(i)]];
      if (isEnd[state] === 0) continue;
      for (const ending of this.endings[state]) {
        if (owners?.has(ending.owner)) continue;
        if (isGuarded(ending, text, i)) owners = (owners ?? new Set()).add(ending.owner);
      }
    }
    return owners ?? NONE;
  }

  /** Fills the table in the order of the states' depth, so that a state's failure is done before it. */
  private linkFailures(children: readonly Map<number, number>[], endings: Ending<Owner>[][]): void {
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
        endings[child].push(...endings[failure[child]]);
        queue.push(child);
      }
    }
  }
}

/** Whether the keyword that ends at `last` counts there. */
function isGuarded<Owner>({ length, guard }: Ending<Owner>, text: string, last: number): boolean {
  if (guard === undefined) return true;
  guard.lastIndex = last - length + 1;
  return guard.test(text);
}

function guardOf(keyword: Keyword): RegExp | undefined {
  if (typeof keyword !== 'string') return new RegExp(keyword.guard, `${keyword.guard.flags}y`);
  if (/[^\0-\x7f]/.test(keyword)) return new RegExp(escaped(keyword), 'iy');
  return /[A-Z]/.test(keyword) ? new RegExp(escaped(keyword), 'y') : undefined;
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);

function classesOf(text: string): number[] {
  return Array.from({ length: text.length }, (_, i) => CLASS_OF[text.charCodeAt(i)]);
}

function classOf(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return 0x30;
  return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
}
