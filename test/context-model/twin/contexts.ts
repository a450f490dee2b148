/** What stands before a text's first symbol. */
export const FILE_START = -1;
export const CURSOR = -2;

export type Edge = typeof FILE_START | typeof CURSOR;

/** A text, symbol by symbol. */
export interface TwinText {
  readonly symbols: readonly number[];
  /** As kernels/alphabet.ts names them. */
  readonly kinds: readonly ('other' | 'word' | 'blank' | 'lineEnd' | 'opening' | 'closing' | 'comma')[];
  /** ASCII codes, 127 for all other characters. */
  readonly ascii: readonly number[];
  /** What stands before it. */
  readonly edge: Edge;
}

export const ORDERS = [1, 2, 3, 4, 5, 6, 8, 11, 16];
export const CONTEXTS = 20;
const WINDOW = 256;
const SHAPE_TOKENS = 8;

export interface TwinContexts {
  /** [CONTEXTS] what each context is, as text; undefined where the position has no such context. */
  readonly keys: readonly (string | undefined)[];
  /** Symbols of the word before the position, at most 32. */
  readonly wordLength: number;
}

/** The contexts of the position `p` of a text. */
export function contextsOf({ symbols, kinds, edge: before }: TwinText, p: number): TwinContexts {
  const low = Math.max(0, p - WINDOW);
  const edge = p < WINDOW ? before : FILE_START;
  const at = (i: number): number => (i < low ? edge : symbols[i]);
  const keys: (string | undefined)[] = [];

  for (const order of ORDERS) {
    const isKnown = p - order >= (low === 0 ? low - 1 : low);
    keys.push(isKnown ? Array.from({ length: order }, (_, i) => at(p - 1 - i)).join() : undefined);
  }

  let q = p;
  const back = (limit: number, isPart: (i: number) => boolean, found: number[] = []): number[] => {
    while (q > low && isPart(q - 1)) {
      found.push(symbols[--q]);
      if (p - q >= limit) break;
    }
    return found;
  };
  const prefix = back(32, (i) => kinds[i] === 'word');
  const wordLength = prefix.length;
  keys.push(`${prefix.join()}|${at(q - 1)}`);
  const wordBegin = q;
  const beforeWord = at(wordBegin - 1);
  let skipped = '';
  const words = [prefix.join()];
  for (let i = 0; i < 2; i++) {
    const from = q;
    back(120, (j) => kinds[j] !== 'word');
    const between = range(q, from).filter((j) => kinds[j] !== 'blank');
    const word = q > low ? back(160, (j) => kinds[j] === 'word') : [edge];
    if (i === 0) keys.push(`${prefix.join()}|${word.join()}`);
    else skipped = `${prefix.join()}|${word.join()}|${beforeWord}`;
    words.push(
      between
        .reverse()
        .map((j) => symbols[j])
        .join(),
      word.join(),
    );
    keys.push(words.join('|'));
  }

  const lineEnds = range(low, p).filter((i) => kinds[i] === 'lineEnd');
  const lineEnd = lineEnds.at(-1);
  const start = lineEnd === undefined ? low : lineEnd + 1;
  const above = lineEnds.length < 2 ? low : lineEnds.at(-2)! + 1;
  const aboveEnd = lineEnd ?? low;
  const indentOf = (from: number, to: number): number => {
    const first = range(from, to).find((i) => kinds[i] !== 'blank');
    return (first ?? to) - from;
  };
  const indent = indentOf(start, p);
  if (start + indent < p) keys.push(symbols.slice(start + indent, p).join());
  else keys.push(`blank ${indent}|${indentOf(above, aboveEnd)}|${at(aboveEnd - 1)}`);
  const [next, next2] = [0, 1].map((i) => above + (p - start) + i);
  const ifAbove = (i: number): number => (i < aboveEnd ? symbols[i] : FILE_START);
  keys.push(`${ifAbove(next)}|${ifAbove(next2)}|${at(p - 1)}`);

  const { opening, commas } = openBracket(kinds, low, p);
  q = opening;
  const bracket = at(q);
  while (q > low && kinds[q - 1] === 'blank') q--;
  let call = q;
  while (call > low && kinds[call - 1] === 'word') call--;
  keys.push([bracket, symbols.slice(call, Math.max(q, call)).join(), commas, prefix.join()].join('|'));

  const lineWord = symbols.slice(start + indent, p);
  const lineWordEnd = range(start + indent + 1, p).find((i) => kinds[i] !== 'word') ?? p;
  const firstWord = lineWord.slice(0, lineWordEnd - start - indent);
  keys.push(`${firstWord.join()}|${prefix.join()}|${beforeWord}`, skipped);
  for (const hasBlanks of [false, true]) {
    keys.push(`${shapeBefore(symbols, kinds, low, wordBegin, hasBlanks, edge)}|${prefix.join()}`);
  }
  return { keys, wordLength };
}

/** The last words and signs before `end`, every word written alike, the last first. */
function shapeBefore(
  symbols: readonly number[],
  kinds: TwinText['kinds'],
  low: number,
  end: number,
  hasBlanks: boolean,
  edge: number,
): string {
  const isBetween = (i: number): boolean => kinds[i] === 'word' && i + 1 < end && kinds[i + 1] === 'word';
  const tokens = range(low, end)
    .filter((i) => !isBetween(i) && (hasBlanks || kinds[i] !== 'blank'))
    .slice(-SHAPE_TOKENS)
    .map((i) => (kinds[i] === 'word' ? 'word' : symbols[i]))
    .reverse();
  return (tokens.length < SHAPE_TOKENS ? [...tokens, edge] : tokens).join();
}

/** The innermost open bracket before `p`, one before the window if there is none, and commas since. */
function openBracket(kinds: TwinText['kinds'], low: number, p: number): { opening: number; commas: number } {
  let depth = 0;
  let commas = 0;
  for (let i = p - 1; i >= low; i--) {
    if (kinds[i] === 'closing') depth++;
    else if (kinds[i] === 'opening' && depth-- === 0) return { opening: i, commas };
    else if (kinds[i] === 'comma' && depth === 0) commas++;
  }
  return { opening: low - 1, commas };
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
