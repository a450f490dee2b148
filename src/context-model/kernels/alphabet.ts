// Symbols are ids of the memory's own alphabet: 12 bits, in texts as u16. Id 0 stands for every character that
// found no place in it. A text's beginning is read as one symbol more, which is never counted as following.

/** Ids there can be. */
export const SYMBOLS: i32 = 4096;
/** What stands before a text's first symbol. */
export const BEGINNING: u64 = 0xffff;

/** What kind of character a symbol is; see wasm/alphabet.ts, which says so for each new one. */
export const OTHER: u8 = 0;
export const WORD: u8 = 1;
export const BLANK: u8 = 2;
export const LINE_END: u8 = 3;
export const OPENING: u8 = 4;
export const CLOSING: u8 = 5;
export const COMMA: u8 = 6;

const kinds: usize = memory.data(SYMBOLS);

export function setKind(symbol: i32, kind: i32): void {
  store<u8>(kinds + symbol, <u8>kind);
}

/**
 * The kind of the symbol at an address of a text.
 * @inline
 */
export function kindAt(address: usize): u8 {
  return load<u8>(kinds + <usize>load<u16>(address));
}

const characters: usize = memory.data(SYMBOLS);

const codePoints: usize = memory.data(SYMBOLS * 4, 4);

/** Names the code point of a symbol. */
export function setCharacter(symbol: i32, codePoint: i32): void {
  store<i32>(codePoints + ((<usize>symbol) << 2), codePoint);
  store<u8>(characters + symbol, codePoint < 127 ? <u8>codePoint : 127);
}

/**
 * The ASCII character at an address of a text, 127 for all others.
 * @inline
 */
export function characterAt(address: usize): i32 {
  return load<u8>(characters + <usize>load<u16>(address));
}

/** @inline */
export function codePointOf(symbol: u32): i32 {
  return load<i32>(codePoints + ((<usize>symbol) << 2));
}
