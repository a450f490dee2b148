// Where lines end, brackets open and close, and commas stand in the 256 symbols before a position: as bits, so that they
// are found without reading what stands between. Bit 63 of word 3 is the symbol before the position, bit 0 of word 0 the
// 256th. The bitmaps stay from one position to the next, where a shift brings them up to date.
import { CLOSING, COMMA, kindAt, LINE_END, OPENING } from '../alphabet';

const WORDS: usize = 4;
/** Bytes of a word of all four kinds, in the order of their numbers. */
const WORD_BYTES: usize = 32;

/** [WORDS, 4] u64 */
const masks: usize = memory.data(4 * 32, 16);
/** [WORDS * 64] u8 kinds of symbols. */
const kinds: usize = memory.data(4 * 64, 16);

/**
 * The bits of a kind: LINE_END, OPENING, CLOSING or COMMA.
 * @inline
 */
function maskOf(word: i32, kind: u8): u64 {
  return load<u64>(masks + <usize>word * WORD_BYTES + ((<usize>(kind - LINE_END)) << 3));
}

/** Reads the symbols from `low` to the position `p`, at most 256. */
export function readBitmaps(p: usize, low: usize): void {
  let at = kinds + WORDS * 64;
  for (let q = p; q > low;) {
    q -= 2;
    store<u8>(--at, kindAt(q));
  }
  while (at > kinds) store<u8>(--at, 0);
  for (let word: usize = 0; word < WORDS; word++) {
    for (let kind = LINE_END; kind <= COMMA; kind++) {
      const wanted = i8x16.splat(kind);
      let bits: u64 = 0;
      for (let i: usize = 0; i < 64; i += 16) {
        const found = i8x16.eq(v128.load(kinds + (word << 6) + i), wanted);
        bits |= (<u64>(<u32>i8x16.bitmask(found))) << i;
      }
      store<u64>(masks + word * WORD_BYTES + ((<usize>(kind - LINE_END)) << 3), bits);
    }
  }
}

/** Brings the bitmaps from the position before `p` to `p`. */
export function shiftBitmaps(p: usize): void {
  const kind = kindAt(p - 2);
  for (let at = masks; at < masks + WORD_BYTES; at += 16) {
    let word = v128.load(at);
    for (let i: usize = 0; i < (WORDS - 1) * WORD_BYTES; i += WORD_BYTES) {
      const next = v128.load(at + i + WORD_BYTES);
      v128.store(at + i, v128.or(i64x2.shr_u(word, 1), i64x2.shl(next, 63)));
      word = next;
    }
    v128.store(at + (WORDS - 1) * WORD_BYTES, i64x2.shr_u(word, 1));
  }
  if (kind < LINE_END) return;
  const last = masks + (WORDS - 1) * WORD_BYTES + ((<usize>(kind - LINE_END)) << 3);
  store<u64>(last, load<u64>(last) | ((<u64>1) << 63));
}

/** Symbols from the last line end that is more than `distance` before the position, to the position; 0 if there is none. */
export function lineEndBefore(distance: i32): i32 {
  let skipped = distance & 63;
  for (let word = 3 - (distance >> 6); word >= 0; word--) {
    const bits = (maskOf(word, LINE_END) << skipped) >> skipped;
    if (bits) return ((3 - word) << 6) + <i32>clz(bits) + 1;
    skipped = 0;
  }
  return 0;
}

/**
 * The innermost bracket that is open.
 * @returns 16 bits: symbols from it to the position, 0 if there is none; 16 bits: commas since, without those inside
 *   of other brackets
 */
export function openingBefore(): u32 {
  let depth = 0;
  let commas: u32 = 0;
  for (let word = 3; word >= 0; word--) {
    const openings = maskOf(word, OPENING);
    const closings = maskOf(word, CLOSING);
    let bits = openings | closings | maskOf(word, COMMA);
    while (bits) {
      const back = clz(bits);
      const bit = ((<u64>1) << 63) >> back;
      bits ^= bit;
      if (closings & bit) depth++;
      else if (openings & bit) {
        if (depth == 0) return (<u32>(((3 - word) << 6) + <i32>back + 1)) | (commas << 16);
        depth--;
      } else if (depth == 0) commas++;
    }
  }
  return commas << 16;
}
