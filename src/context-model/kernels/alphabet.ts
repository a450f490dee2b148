// Symbols are ids of the model's own alphabet: 12 bits, stored in texts as u16. Id 0 stands for every character that
// got no id. wasm/alphabet.ts assigns the ids and describes each new one here.

/** Number of ids. */
export const MAX_SYMBOLS: i32 = 4096;

/** What contexts see before a text's first symbol: these two are never stored in a text and never counted. */
export const FILE_START: u32 = 0xffff;
/** The same for the text behind the cursor, which is counted as a text of its own. */
export const CURSOR: u32 = 0xfffe;

// Kinds of characters.
export const OTHER: u8 = 0;
export const WORD: u8 = 1;
export const BLANK: u8 = 2;
export const LINE_END: u8 = 3;
export const OPENING: u8 = 4;
export const CLOSING: u8 = 5;
export const COMMA: u8 = 6;
export const KINDS: i32 = 7;

/** ASCII characters, of which the last stands for all others. */
export const CHARACTERS: i32 = 128;

/** [MAX_SYMBOLS] u8 kinds. */
const kinds: usize = memory.data(MAX_SYMBOLS);
/** [MAX_SYMBOLS] u8 ASCII characters, 127 for all others. */
const characters: usize = memory.data(MAX_SYMBOLS);
/** [MAX_SYMBOLS] i32 code points. */
const codePoints: usize = memory.data(MAX_SYMBOLS * 4, 4);

/** Describes a symbol, before it occurs in any text. */
export function describeSymbol(symbol: i32, codePoint: i32, kind: i32): void {
  store<u8>(kinds + symbol, <u8>kind);
  store<i32>(codePoints + ((<usize>symbol) << 2), codePoint);
  store<u8>(characters + symbol, codePoint < 127 ? <u8>codePoint : 127);
}

/**
 * The kind of the symbol at an address of a text.
 * @inline
 */
export function kindAt(address: usize): u8 {
  return load<u8>(kinds + <usize>load<u16>(address));
}

/**
 * The ASCII character at an address of a text, 127 for all others.
 * @inline
 */
export function characterAt(address: usize): i32 {
  return load<u8>(characters + <usize>load<u16>(address));
}

/**
 * The ASCII character of a symbol, 127 for all others.
 * @inline
 */
export function characterOf(symbol: u32): i32 {
  return load<u8>(characters + <usize>symbol);
}

/** @inline */
export function codePointOf(symbol: u32): i32 {
  return load<i32>(codePoints + ((<usize>symbol) << 2));
}
