import { isHighSurrogate, isLowSurrogate, isSurrogate } from '../common/text.ts';
import { composedHangul, decomposedHangul, isOfJamo } from './hangul.ts';

const UNKNOWN_SYMBOL = '\uFFFD';
const START_SYMBOL = '\u0002';
const SPECIAL_SYMBOLS = 2;
/** Ids must fit 16 bits, as a network's specification demands. */
export const MAX_VOCABULARY = 65_536;
/** Enough for any programming language; a Chinese or Korean corpus loses only rare characters. */
export const DEFAULT_VOCABULARY_SIZE = 2_048;

const CODE_POINTS = 0x11_0000;
const BMP_SIZE = 0x1_0000;

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
  /** Whether Hangul syllables are read and written as their jamo: some 70 symbols instead of thousands. */
  readonly decomposesHangul: boolean;

  /** Id by UTF-16 unit; surrogates and unseen units give `unknown`. */
  private readonly idOfUnit = new Uint16Array(BMP_SIZE);
  /** Id by code point above U+FFFF. */
  private readonly idOfAstral = new Map<number, number>();

  private constructor(symbols: readonly string[]) {
    this.symbols = symbols;
    this.decomposesHangul = isOfJamo(symbols);
    for (let id = SPECIAL_SYMBOLS; id < symbols.length; id++) {
      const codePoint = symbols[id].codePointAt(0)!;
      if (codePoint < BMP_SIZE) this.idOfUnit[codePoint] = id;
      else this.idOfAstral.set(codePoint, id);
    }
  }

  get size(): number {
    return this.symbols.length;
  }

  /**
   * Counts `texts`; keeps the `maxSize` most frequent (the two special ids included). Lone surrogates are
   * never symbols.
   * @param decomposeHangul count the jamo of Hangul syllables in their stead.
   */
  static fromTexts(
    texts: Iterable<string>,
    maxSize: number = DEFAULT_VOCABULARY_SIZE,
    decomposeHangul = false,
  ): Vocabulary {
    if (!Number.isInteger(maxSize) || maxSize < SPECIAL_SYMBOLS || maxSize > MAX_VOCABULARY) {
      throw new RangeError(
        `a vocabulary holds ${SPECIAL_SYMBOLS} to ${MAX_VOCABULARY} symbols, not ${maxSize}`,
      );
    }
    const counts = new Float64Array(CODE_POINTS);
    for (const text of texts) countCodePoints(decomposeHangul ? decomposedHangul(text) : text, counts);
    counts[UNKNOWN_SYMBOL.codePointAt(0)!] = 0;
    counts[START_SYMBOL.codePointAt(0)!] = 0;

    const seen: number[] = [];
    for (let codePoint = 0; codePoint < CODE_POINTS; codePoint++) {
      if (counts[codePoint] > 0) seen.push(codePoint);
    }
    seen.sort((a, b) => counts[b] - counts[a] || a - b);
    const kept = seen.slice(0, maxSize - SPECIAL_SYMBOLS).map((codePoint) => String.fromCodePoint(codePoint));
    return new Vocabulary(Object.freeze([UNKNOWN_SYMBOL, START_SYMBOL, ...kept]));
  }

  /** From a list by id as stored in a model file; throws a plain `Error` saying what is wrong with it. */
  static fromSymbols(symbols: readonly unknown[]): Vocabulary {
    if (!Array.isArray(symbols)) throw new Error('the vocabulary is not a list');
    const count = symbols.length;
    if (count < SPECIAL_SYMBOLS || count > MAX_VOCABULARY) {
      throw new Error(
        `the vocabulary has ${count} symbols where ${SPECIAL_SYMBOLS} to ${MAX_VOCABULARY} can be`,
      );
    }
    const checked: string[] = [];
    const seen = new Set<string>();
    for (let id = 0; id < count; id++) {
      const symbol: unknown = symbols[id];
      if (typeof symbol !== 'string' || !isOneCodePoint(symbol)) {
        throw new Error(`symbol ${id} of the vocabulary is not one Unicode code point`);
      }
      if (seen.has(symbol)) throw new Error(`symbol ${id} of the vocabulary repeats an earlier one`);
      seen.add(symbol);
      checked.push(symbol);
    }
    if (checked[Vocabulary.unknown] !== UNKNOWN_SYMBOL || checked[Vocabulary.startOfFile] !== START_SYMBOL) {
      throw new Error('the vocabulary does not begin with U+FFFD and U+0002');
    }
    return new Vocabulary(Object.freeze(checked));
  }

  /** Ids of the code points of a text; unseen ones, U+FFFD, U+0002 and lone surrogates become `unknown`. */
  encode(given: string): Int32Array {
    const text = this.decomposesHangul ? decomposedHangul(given) : given;
    const ids = new Int32Array(text.length);
    let count = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (isHighSurrogate(unit) && i + 1 < text.length && isLowSurrogate(text.charCodeAt(i + 1))) {
        ids[count++] = this.idOfAstral.get(text.codePointAt(i)!) ?? Vocabulary.unknown;
        i++;
      } else {
        ids[count++] = this.idOfUnit[unit]!;
      }
    }
    return count === ids.length ? ids : ids.slice(0, count);
  }

  /** The share of the code points of `texts` that the vocabulary lacks, from 0 to 1. */
  unknownShare(texts: Iterable<string>): number {
    let unknown = 0;
    let all = 0;
    for (const text of texts) {
      const ids = this.encode(text);
      all += ids.length;
      for (const id of ids) if (id === Vocabulary.unknown) unknown++;
    }
    return all === 0 ? 0 : unknown / all;
  }

  /** The text of `ids`; `startOfFile` gives nothing. Throws a `RangeError` on an id outside the vocabulary. */
  decode(ids: ArrayLike<number>): string {
    const parts: string[] = [];
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i];
      const symbol = this.symbols[id];
      if (symbol === undefined)
        throw new RangeError(`id ${id} is outside a vocabulary of ${this.size} symbols`);
      if (id !== Vocabulary.startOfFile) parts.push(symbol);
    }
    const text = parts.join('');
    return this.decomposesHangul ? composedHangul(text) : text;
  }
}

/** Adds the code points of `text` to `counts`, indexed by code point; lone surrogates are not counted. */
function countCodePoints(text: string, counts: Float64Array): void {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (!isSurrogate(unit)) {
      counts[unit]++;
    } else if (isHighSurrogate(unit) && i + 1 < text.length && isLowSurrogate(text.charCodeAt(i + 1))) {
      counts[text.codePointAt(i)!]++;
      i++;
    }
  }
}

function isOneCodePoint(symbol: string): boolean {
  const codePoint = symbol.codePointAt(0);
  if (codePoint === undefined || isSurrogate(codePoint)) return false;
  return symbol.length === (codePoint < BMP_SIZE ? 1 : 2);
}

/** Ids of a vocabulary's symbols by code point; the two special symbols, which stand for no character, are missing. */
export function idsByCodePoint(symbols: readonly string[]): ReadonlyMap<number, number> {
  return new Map(
    symbols.slice(SPECIAL_SYMBOLS).map((symbol, i) => [symbol.codePointAt(0)!, SPECIAL_SYMBOLS + i]),
  );
}
