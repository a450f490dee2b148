// The contexts of a position in a text, each as a hash of 64 bits. They depend on the WINDOW symbols before the
// position only: an edit changes the contexts of at most WINDOW positions behind it, and text that is merely supposed
// to follow can be looked up without being counted.
import { BLANK, FILE_START, kindAt, WORD } from '../alphabet';
import { lineEndBefore, openingBefore, readBitmaps, shiftBitmaps } from './position-bitmaps';

/** Symbols before a position that its contexts may depend on. */
export const WINDOW: usize = 256;
/** Contexts of a position: ORDERS of the last symbols, the others of words, lines, brackets and shapes. */
export const CONTEXTS: i32 = 20;
export const ORDERS: i32 = 9;

// The longest contexts of the last symbols, and those behind them.
export const ORDER_8: i32 = 6;
export const ORDER_11: i32 = 7;
export const ORDER_16: i32 = 8;
const WORD_PREFIX: i32 = 9;
export const WORD_BIGRAM_SKIPPING: i32 = 10;
export const WORD_BIGRAM: i32 = 11;
export const WORD_TRIGRAM: i32 = 12;
export const LINE: i32 = 13;
const LINE_ABOVE: i32 = 14;
const BRACKET: i32 = 15;
export const FIRST_WORD: i32 = 16;
export const SKIPPED_WORD: i32 = 17;
export const SHAPE: i32 = 18;
export const BLANK_SHAPE: i32 = 19;

/** Where the hash of a line begins that is blank so far: no symbol can be it. */
const BLANK_LINE: u64 = 0x517cc1b727220a95;
/** Any word in a shape: no symbol can be it. */
const ANY_WORD: u64 = 0x2545f4914f6cdd1d;

const MAX_ORDER: i32 = 16;
/** Bytes of the word before the position that are hashed, and how far before the position earlier words may begin. */
const MAX_WORD_BYTES: usize = 32 * 2;
const MAX_GAP_BYTES: usize = 120 * 2;
const MAX_WORDS_BYTES: usize = 160 * 2;

/** Words and signs before the word being written that make up a shape. */
const SHAPE_TOKENS: i32 = 8;

/** Numbers of last symbols that are contexts. */
const orders: usize = memory.data<u8>([1, 2, 3, 4, 5, 6, 8, 11, 16, 255]);
/** [CONTEXTS] u64 of the position asked for last; 0 where it has no such context. */
export const keys: usize = memory.data(CONTEXTS * 8, 16);

/**
 * Adds a value to a hash. Two hashes need a step between them, and so do two small values: `step(a, b)` is often
 * `step(b, a)`.
 * @inline
 */
function step(hash: u64, value: u64): u64 {
  return rotl(hash ^ (value + 1), 23) * 0x9e3779b97f4a7c15;
}

/** @inline */
function setKey(context: i32, hash: u64): void {
  const mixed = (hash ^ (hash >> 32) ^ ((<u64>(context + 1)) << 56)) * 0xd6e8feb86659fd93;
  const key = mixed ^ (mixed >> 32);
  store<u64>(keys + ((<usize>context) << 3), key == 0 ? 1 : key);
}

/** @inline */
function clearKey(context: i32): void {
  store<u64>(keys + ((<usize>context) << 3), 0);
}

/**
 * Fills `keys` for the position at `p` of the text that begins at `text`.
 * @param before what stands before the text: FILE_START or CURSOR
 * @returns symbols of the word before the position, at most 32
 */
export function setContexts(p: usize, text: usize, before: u32): i32 {
  const low = lowOf(p, text);
  readBitmaps(p, low);
  return setKeys(p, text, low, before);
}

/** As `setContexts`, where the position before was asked for last and the text has not changed. */
export function setNextContexts(p: usize, text: usize, before: u32): i32 {
  shiftBitmaps(p);
  return setKeys(p, text, lowOf(p, text), before);
}

/** @inline */
function lowOf(p: usize, text: usize): usize {
  return p - text <= WINDOW * 2 ? text : p - WINDOW * 2;
}

/** @param low where the window begins */
function setKeys(p: usize, text: usize, low: usize, before: u32): i32 {
  const edge: u64 = p - text < WINDOW * 2 ? before : FILE_START;
  const word = wordStart(p, low);
  const prefix = hashBackwards(p, word);
  setOrders(p, low, low == text, edge);
  const beforeWord: u64 = word > low ? <u64>load<u16>(word - 2) : edge;
  setWords(p, word, low, prefix, beforeWord, edge);
  setLine(p, low, prefix, beforeWord, edge);
  setBracket(p, low, prefix, edge);
  setKey(SHAPE, step(step(shapeBefore(word, low, false, edge), 0), prefix));
  setKey(BLANK_SHAPE, step(step(shapeBefore(word, low, true, edge), 0), prefix));
  return <i32>((p - word) >> 1);
}

function setOrders(p: usize, low: usize, isWhole: bool, edge: u64): void {
  let hash: u64 = 0;
  let context = 0;
  const available = <i32>((p - low) >> 1);
  const last = min(MAX_ORDER, isWhole ? available + 1 : available);
  for (let order = 1; order <= last; order++) {
    hash = step(hash, order > available ? edge : <u64>load<u16>(p - ((<usize>order) << 1)));
    if (order == <i32>load<u8>(orders + context)) setKey(context++, hash);
  }
  for (; context < ORDERS; context++) clearKey(context);
}

/** Where the word before `p` begins, at most MAX_WORD_BYTES before it. */
function wordStart(p: usize, low: usize): usize {
  let q = p;
  while (q > low && p - q < MAX_WORD_BYTES && kindAt(q - 2) == WORD) q -= 2;
  return q;
}

function hashBackwards(p: usize, start: usize): u64 {
  let hash: u64 = 0;
  for (let q = p; q > start;) {
    q -= 2;
    hash = step(hash, <u64>load<u16>(q));
  }
  return hash;
}

/**
 * The word being written, alone and with the one or two words before it and what stands between.
 * @param q where the word begins
 * @param prefix its hash
 * @param beforeWord the symbol before it
 */
function setWords(p: usize, q: usize, low: usize, prefix: u64, beforeWord: u64, edge: u64): void {
  setKey(WORD_PREFIX, step(prefix, beforeWord));
  let all: u64 = prefix;
  for (let words = 0; words < 2; words++) {
    let between: u64 = 0;
    while (q > low) {
      const kind = kindAt(q - 2);
      if (kind == WORD) break;
      q -= 2;
      if (kind != BLANK) between = step(between, <u64>load<u16>(q));
      if (p - q >= MAX_GAP_BYTES) break;
    }
    let word: u64 = q > low ? 0 : edge;
    while (q > low && kindAt(q - 2) == WORD) {
      q -= 2;
      word = step(word, <u64>load<u16>(q));
      if (p - q >= MAX_WORDS_BYTES) break;
    }
    if (words == 0) setKey(WORD_BIGRAM_SKIPPING, step(step(prefix, 0), word));
    else setKey(SKIPPED_WORD, step(step(step(prefix, 0), word), beforeWord));
    all = step(step(all, between), word);
    setKey(words == 0 ? WORD_BIGRAM : WORD_TRIGRAM, all);
  }
}

/**
 * The line so far, or its indentation and that of the line above; its first word, or first sign; and what stands above
 * the position.
 */
function setLine(p: usize, low: usize, prefix: u64, beforeWord: u64, edge: u64): void {
  const lineEnd = lineEndBefore(0);
  const start = lineEnd ? p - ((<usize>(lineEnd - 1)) << 1) : low;
  let first = start;
  while (first < p && kindAt(first) == BLANK) first += 2;
  // The line above is from `above` to `end`.
  const end = lineEnd ? start - 2 : low;
  const lineEndAbove = lineEnd ? lineEndBefore(lineEnd) : 0;
  const above = lineEndAbove ? p - ((<usize>(lineEndAbove - 1)) << 1) : low;
  if (first < p) {
    let hash: u64 = 0;
    for (let q = first; q < p; q += 2) hash = step(hash, <u64>load<u16>(q));
    setKey(LINE, hash);
  } else {
    let blanks = above;
    while (blanks < end && kindAt(blanks) == BLANK) blanks += 2;
    const lastSymbol: u64 = end > low ? <u64>load<u16>(end - 2) : edge;
    setKey(LINE, step(step(step(BLANK_LINE, <u64>(p - start)), <u64>(blanks - above)), lastSymbol));
  }
  setKey(FIRST_WORD, step(step(step(firstWordOf(first, p), 0), prefix), beforeWord));
  const at = above + (p - start);
  const next: u64 = at < end ? <u64>load<u16>(at) : FILE_START;
  const next2: u64 = at + 2 < end ? <u64>load<u16>(at + 2) : FILE_START;
  const last: u64 = p > low ? <u64>load<u16>(p - 2) : edge;
  setKey(LINE_ABOVE, step(step(step(2, next), next2), last));
}

/** Hash of the symbol at `q` and, before `p`, of what follows it of its word. */
function firstWordOf(q: usize, p: usize): u64 {
  if (q == p) return 0;
  let hash = step(0, <u64>load<u16>(q));
  for (q += 2; q < p && kindAt(q) == WORD; q += 2) hash = step(hash, <u64>load<u16>(q));
  return hash;
}

/**
 * What stands before `q` with every word as if it were the same one.
 * @param hasBlanks whether blanks count as signs
 */
function shapeBefore(q: usize, low: usize, hasBlanks: bool, edge: u64): u64 {
  let hash: u64 = 0;
  let tokens = 0;
  while (q > low && tokens < SHAPE_TOKENS) {
    const kind = kindAt(q - 2);
    q -= 2;
    if (kind == WORD) {
      while (q > low && kindAt(q - 2) == WORD) q -= 2;
      hash = step(hash, ANY_WORD);
    } else if (kind != BLANK || hasBlanks) hash = step(hash, <u64>load<u16>(q));
    else continue;
    tokens++;
  }
  return tokens < SHAPE_TOKENS ? step(hash, edge) : hash;
}

/** The word before the innermost open bracket, the number of commas since, and the word being written. */
function setBracket(p: usize, low: usize, prefix: u64, edge: u64): void {
  const found = openingBefore();
  const opening = found & 0xffff;
  const commas = <u64>(found >> 16);
  let q = opening ? p - ((<usize>(opening - 1)) << 1) : low;
  let hash = step(0, q > low ? <u64>load<u16>(q - 2) : edge);
  if (q > low) q -= 2;
  while (q > low && kindAt(q - 2) == BLANK) q -= 2;
  while (q > low && kindAt(q - 2) == WORD) {
    q -= 2;
    hash = step(hash, <u64>load<u16>(q));
  }
  setKey(BRACKET, step(step(hash, commas), prefix));
}
