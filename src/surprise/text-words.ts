import { partsOf } from './known-words.ts';
import type { Steps } from './steps.ts';
import { STEP_TOKENS, TokenCounts } from './token-counts.ts';
import { eachToken, type Token, type TokenSyntax } from './tokens.ts';
import type { WordIds } from './word-ids.ts';
import { isCounted } from './workspace-words.ts';

/** Logarithm to base 2 of the cells for one text. */
const TEXT_SIZE_BITS = 18;
/** Tokens that are kept of those that stand next to another one. */
const MAX_NEIGHBOURS = 12;

/** The words of the text that is rated: where they stand, and next to which. */
export class TextWords {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Ids of the tokens that are counted, in order. */
  readonly ids: Int32Array;
  /** Index in `ids` by index in `tokens`; -1 for those that are not counted. */
  readonly places: Int32Array;
  readonly counts = new TokenCounts(TEXT_SIZE_BITS);
  /** Lines of each word, rising. */
  private readonly lines = new Map<number, number[]>();
  private readonly parts = new Map<string, number>();
  private readonly behind = new Map<number, Set<number>>();
  private readonly before = new Map<number, Set<number>>();

  private constructor(text: string, tokens: readonly Token[], words: WordIds) {
    this.text = text;
    this.tokens = tokens;
    this.places = new Int32Array(tokens.length).fill(-1);
    const ids: number[] = [];
    for (const [index, token] of tokens.entries()) {
      if (!isCounted(token)) continue;
      this.places[index] = ids.length;
      ids.push(words.add(token.text));
    }
    this.ids = Int32Array.from(ids);
  }

  /** Reads a text in steps. */
  static *reading(text: string, syntax: TokenSyntax, words: WordIds): Steps<TextWords> {
    const tokens: Token[] = [];
    for (const token of eachToken(text, syntax)) {
      tokens.push(token);
      if (tokens.length % STEP_TOKENS === 0) yield;
    }
    const found = new TextWords(text, tokens, words);
    yield* found.counts.adding(found.ids, 1);
    for (const [index, token] of tokens.entries()) {
      if (index % STEP_TOKENS === STEP_TOKENS - 1) yield;
      const place = found.places[index];
      if (place >= 0) found.note(place, token);
    }
    return found;
  }

  /** The id at a place in `ids`; 0 beyond its ends. */
  idAt(place: number): number {
    return this.ids[place] ?? 0;
  }

  /** Some of the tokens that stand behind the left, or before the right neighbour of a place anywhere in the text. */
  *alternativesAt(place: number): Generator<number, void, void> {
    yield* this.behind.get(this.idAt(place - 1)) ?? [];
    yield* this.before.get(this.idAt(place + 1)) ?? [];
  }

  /** Occurrences of a word in a line. */
  inLine(id: number, line: number): number {
    const lines = this.lines.get(id) ?? [];
    return firstFrom(lines, line + 1) - firstFrom(lines, line);
  }

  /** Lines from `line` to the nearest other line with the word; Infinity where there is none. */
  distance(id: number, line: number): number {
    const lines = this.lines.get(id) ?? [];
    const before = lines[firstFrom(lines, line) - 1] ?? -Infinity;
    const after = lines[firstFrom(lines, line + 1)] ?? Infinity;
    return Math.min(line - before, after - line);
  }

  /** Occurrences of a part of a word. */
  frequencyOfPart(part: string): number {
    return this.parts.get(part) ?? 0;
  }

  private note(place: number, { kind, line, text }: Token): void {
    const id = this.idAt(place);
    collect(this.behind, this.idAt(place - 1), id);
    collect(this.before, this.idAt(place + 1), id);
    if (kind !== 'word') return;
    const lines = this.lines.get(id);
    if (lines) lines.push(line);
    else this.lines.set(id, [line]);
    for (const part of partsOf(text)) this.parts.set(part, (this.parts.get(part) ?? 0) + 1);
  }
}

/** Index of the first of the rising numbers that is at least `min`, by halving: a word may occur a hundred thousand times. */
function firstFrom(rising: readonly number[], min: number): number {
  let from = 0;
  let to = rising.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (rising[middle] < min) from = middle + 1;
    else to = middle;
  }
  return from;
}

function collect(sets: Map<number, Set<number>>, key: number, id: number): void {
  const known = sets.get(key);
  if (!known) sets.set(key, new Set([id]));
  else if (known.size < MAX_NEIGHBOURS) known.add(id);
}
