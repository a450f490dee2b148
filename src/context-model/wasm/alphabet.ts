import { isSurrogate } from '../../common/text.ts';

/** Symbols a memory can tell apart; the rest, and lone surrogates, are symbol 0. As in kernels/alphabet.ts. */
const SIZE = 4096;
const BMP_SIZE = 0x1_0000;

/** As in kernels/alphabet.ts. */
const kinds = { other: 0, word: 1, blank: 2, lineEnd: 3, opening: 4, closing: 5, comma: 6 };

/** Told of each new symbol, in the order of their ids from 1. */
type Listener = (symbol: number, codePoint: number, kind: number) => void;

/** The symbols of a memory: ids of code points in the order they were first seen. Ids never change. */
export class Alphabet {
  /** [SIZE] code points by id. */
  readonly codePoints = new Int32Array(SIZE).fill(-1);
  private count = 1;
  /** Id by UTF-16 unit, and by code point above U+FFFF; 0: not seen yet. */
  private readonly idOfUnit = new Uint16Array(BMP_SIZE);
  private readonly idOfAstral = new Map<number, number>();
  private readonly onNew: Listener;

  constructor(onNew: Listener) {
    this.onNew = onNew;
  }

  /** Symbols there are, 0 included. */
  get size(): number {
    return this.count;
  }

  /** The id of a code point, a new one where it has none and there is room; else 0. */
  idOf(codePoint: number): number {
    const known = codePoint < BMP_SIZE ? this.idOfUnit[codePoint] : (this.idOfAstral.get(codePoint) ?? 0);
    if (known !== 0 || this.count === SIZE || isSurrogate(codePoint)) return known;
    const id = this.count++;
    this.codePoints[id] = codePoint;
    if (codePoint < BMP_SIZE) this.idOfUnit[codePoint] = id;
    else this.idOfAstral.set(codePoint, id);
    this.onNew(id, codePoint, kindOf(codePoint));
    return id;
  }

  /** The id of a code point if it has one, else 0. */
  find(codePoint: number): number {
    return codePoint < BMP_SIZE ? this.idOfUnit[codePoint] : (this.idOfAstral.get(codePoint) ?? 0);
  }

  /** UTF-16 units that a symbol stands for. */
  unitsOf(symbol: number): number {
    return this.codePoints[symbol] >= BMP_SIZE ? 2 : 1;
  }

  /**
   * Symbols of a text; a code point above U+FFFF that has no id becomes two symbols 0, so that `unitsOf` always
   * adds up to the text's length.
   */
  encode(text: string): Uint16Array {
    const ids = new Uint16Array(text.length);
    let length = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (this.idOfUnit[unit] !== 0) {
        ids[length++] = this.idOfUnit[unit];
        continue;
      }
      const codePoint = text.codePointAt(i)!;
      const id = this.idOf(codePoint);
      ids[length++] = id;
      if (codePoint < BMP_SIZE) continue;
      i++;
      if (id === 0) ids[length++] = 0;
    }
    return length === ids.length ? ids : ids.slice(0, length);
  }

  /** Symbols of a text, one for each code point, whether it has an id or not. */
  encodePlaces(text: string): Uint16Array {
    const ids = this.encode(text);
    // Only where there was no room for all can a code point have become two symbols.
    if (this.count < SIZE) return ids;
    return Uint16Array.from(Array.from(text, (character) => this.find(character.codePointAt(0)!)));
  }
}

function kindOf(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  if (/[\p{L}\p{N}\p{M}_$]/u.test(character)) return kinds.word;
  if (character === '\n') return kinds.lineEnd;
  if (/\s/u.test(character)) return kinds.blank;
  if ('([{'.includes(character)) return kinds.opening;
  if (')]}'.includes(character)) return kinds.closing;
  if (',;'.includes(character)) return kinds.comma;
  return kinds.other;
}
