import { isSurrogate } from '../../common/text.ts';

/** Ids there can be; code points that get none, and lone surrogates, are symbol 0. */
export const MAX_SYMBOLS = 4096;
const BMP_SIZE = 0x1_0000;

/** Kinds of characters, by the names that the kernels export them by. */
export const KINDS = { OTHER: 0, WORD: 1, BLANK: 2, LINE_END: 3, OPENING: 4, CLOSING: 5, COMMA: 6 };

/** Called for each new symbol, in the order of their ids from 1. */
type Listener = (symbol: number, codePoint: number, kind: number) => void;

/** The symbols of a context model: ids of code points in the order they were first seen. Ids never change. */
export class Alphabet {
  /** [MAX_SYMBOLS] code points by id, -1 where there is none. */
  readonly codePoints = new Int32Array(MAX_SYMBOLS).fill(-1);
  private count = 1;
  /** Ids by UTF-16 unit, and by code point above U+FFFF; 0 where none was given yet. */
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
    if (known !== 0 || this.count === MAX_SYMBOLS || isSurrogate(codePoint)) return known;
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
  encodeCodePoints(text: string): Uint16Array {
    const ids = this.encode(text);
    // Only where there was no room for all can a code point have become two symbols.
    if (this.count < MAX_SYMBOLS) return ids;
    return Uint16Array.from(Array.from(text, (character) => this.find(character.codePointAt(0)!)));
  }
}

function kindOf(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  if (/[\p{L}\p{N}\p{M}_$]/u.test(character)) return KINDS.WORD;
  if (character === '\n') return KINDS.LINE_END;
  if (/\s/u.test(character)) return KINDS.BLANK;
  if ('([{'.includes(character)) return KINDS.OPENING;
  if (')]}'.includes(character)) return KINDS.CLOSING;
  if (',;'.includes(character)) return KINDS.COMMA;
  return KINDS.OTHER;
}
