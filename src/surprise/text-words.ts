import { partsOf } from './known-words.ts';
import { TokenCounts } from './token-counts.ts';
import { tokensOf, type Token, type TokenSyntax } from './tokens.ts';
import type { WordIds } from './word-ids.ts';
import { isCounted } from './workspace-words.ts';

/** Logarithm to base 2 of the cells for one text. */
const TEXT_SIZE_BITS = 18;
/** Tokens that are kept of those seen beside another. */
const MAX_BESIDE = 12;

/** The words of the text that is rated: where they stand, and beside which. */
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

  constructor(text: string, syntax: TokenSyntax, words: WordIds) {
    this.text = text;
    this.tokens = tokensOf(text, syntax);
    this.places = new Int32Array(this.tokens.length).fill(-1);
    const ids: number[] = [];
    for (const [index, token] of this.tokens.entries()) {
      if (!isCounted(token)) continue;
      const id = words.add(token.text);
      this.places[index] = ids.length;
      ids.push(id);
      if (token.kind === 'word') this.note(id, token);
    }
    this.ids = Int32Array.from(ids);
    this.counts.add(this.ids, 1);
    for (const [place, id] of ids.entries()) {
      collect(this.behind, this.idAt(place - 1), id);
      collect(this.before, this.idAt(place + 1), id);
    }
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
    return this.lines.get(id)?.filter((other) => other === line).length ?? 0;
  }

  /** Lines from `line` to the nearest other line with the word; Infinity where there is none. */
  distance(id: number, line: number): number {
    let nearest = Infinity;
    for (const other of this.lines.get(id) ?? []) {
      if (other !== line) nearest = Math.min(nearest, Math.abs(other - line));
    }
    return nearest;
  }

  /** Occurrences of a part of a word. */
  frequencyOfPart(part: string): number {
    return this.parts.get(part) ?? 0;
  }

  private note(id: number, { line, text }: Token): void {
    const lines = this.lines.get(id);
    if (lines) lines.push(line);
    else this.lines.set(id, [line]);
    for (const part of partsOf(text)) this.parts.set(part, (this.parts.get(part) ?? 0) + 1);
  }
}

function collect(sets: Map<number, Set<number>>, key: number, id: number): void {
  const known = sets.get(key);
  if (!known) sets.set(key, new Set([id]));
  else if (known.size < MAX_BESIDE) known.add(id);
}
