// The contexts of a place in a text, each as a hash of 64 bits. They are functions of the WINDOW symbols before it,
// so an edit changes the contexts of WINDOW places behind it at the most, and what might be typed is looked up
// without being remembered.
import { BEGINNING, BLANK, kindAt, WORD } from './alphabet';
import { commasSince, lineEndBehind, openingBehind, readMarks, shiftMarks } from './position-bitmaps';

/** Symbols before a place that its contexts may depend on. */
export const WINDOW: usize = 256;
/** Contexts of a place: those of the last symbols, and those of words, lines and brackets. */
export const CONTEXTS: i32 = 16;
export const ORDERS: i32 = 9;
const LONGEST_ORDER: i32 = 16;
const LONGEST_WORD: i32 = 32;

const orders: usize = memory.data<u8>([1, 2, 3, 4, 5, 6, 8, 11, 16, 255]);
/** [CONTEXTS] u64; 0 where a place has no such context. */
export const keys: usize = memory.data(CONTEXTS * 8, 16);

/** Symbols of the word before the place; for the mixer's choice of weights. */
export let wordLength: i32 = 0;

/** @inline */
function step(hash: u64, value: u64): u64 {
  return rotl(hash ^ (value + 1), 23) * 0x9e3779b97f4a7c15;
}

/** @inline */
function setKey(index: i32, hash: u64): void {
  const mixed = (hash ^ (hash >> 32) ^ ((<u64>(index + 1)) << 56)) * 0xd6e8feb86659fd93;
  const key = mixed ^ (mixed >> 32);
  store<u64>(keys + ((<usize>index) << 3), key == 0 ? 1 : key);
}

/** @inline */
function clearKey(index: i32): void {
  store<u64>(keys + ((<usize>index) << 3), 0);
}

/** Fills `keys` for the place at `p` of the text that begins at `text`. */
export function setContexts(p: usize, text: usize): void {
  readMarks(p, lowOf(p, text));
  setKeys(p, text);
}

/** The same, where the place before it was the last asked for and the text has not changed. */
export function setNextContexts(p: usize, text: usize): void {
  shiftMarks(p);
  setKeys(p, text);
}

/** @inline */
function lowOf(p: usize, text: usize): usize {
  return p - text <= WINDOW * 2 ? text : p - WINDOW * 2;
}

function setKeys(p: usize, text: usize): void {
  const low = lowOf(p, text);
  setOrders(p, low, low == text);
  setWords(p, low);
  setLine(p, low);
  setBracket(p, low);
}

function setOrders(p: usize, low: usize, isWhole: bool): void {
  let hash: u64 = 0;
  let index = 0;
  const available = <i32>((p - low) >> 1);
  const last = min(LONGEST_ORDER, isWhole ? available + 1 : available);
  for (let order = 1; order <= last; order++) {
    hash = step(hash, order > available ? BEGINNING : <u64>load<u16>(p - ((<usize>order) << 1)));
    if (order == <i32>load<u8>(orders + index)) setKey(index++, hash);
  }
  for (; index < ORDERS; index++) clearKey(index);
}

let prefixHash: u64 = 0;

/** The word being written with the words before it, and what stands between them. */
function setWords(p: usize, low: usize): void {
  let q = p;
  let prefix: u64 = 0;
  while (q > low && kindAt(q - 2) == WORD) {
    q -= 2;
    prefix = step(prefix, <u64>load<u16>(q));
    if (p - q >= <usize>LONGEST_WORD * 2) break;
  }
  wordLength = <i32>((p - q) >> 1);
  prefixHash = prefix;
  const before: u64 = q > low ? <u64>load<u16>(q - 2) : BEGINNING;
  setKey(9, step(prefix, before));
  let between: u64 = 0;
  let all: u64 = prefix;
  for (let words = 0; words < 2; words++) {
    between = 0;
    while (q > low) {
      const kind = kindAt(q - 2);
      if (kind == WORD) break;
      q -= 2;
      if (kind != BLANK) between = step(between, <u64>load<u16>(q));
      if (p - q >= 120 * 2) break;
    }
    let word: u64 = 0;
    while (q > low && kindAt(q - 2) == WORD) {
      q -= 2;
      word = step(word, <u64>load<u16>(q));
      if (p - q >= 160 * 2) break;
    }
    if (words == 0) setKey(10, step(prefix, word));
    all = step(step(all, between), word);
    setKey(11 + words, all);
  }
}

/** The line so far, and what stands above. */
function setLine(p: usize, low: usize): void {
  const lineEnd = lineEndBehind(0);
  const start = lineEnd ? p - ((<usize>(lineEnd - 1)) << 1) : low;
  let first = start;
  while (first < p && kindAt(first) == BLANK) first += 2;
  // The line above: from `above` to its end at `end`.
  const end = lineEnd ? start - 2 : low;
  const lineEndAbove = lineEnd ? lineEndBehind(lineEnd) : 0;
  const above = lineEndAbove ? p - ((<usize>(lineEndAbove - 1)) << 1) : low;
  if (first < p) {
    let hash: u64 = 0;
    for (let q = first; q < p; q += 2) hash = step(hash, <u64>load<u16>(q));
    setKey(13, hash);
  } else {
    let blanks = above;
    while (blanks < end && kindAt(blanks) == BLANK) blanks += 2;
    const lastSymbol: u64 = end > low ? <u64>load<u16>(end - 2) : BEGINNING;
    setKey(13, step(step(step(1, <u64>(p - start)), <u64>(blanks - above)), lastSymbol));
  }
  const at = above + (p - start);
  const next: u64 = at < end ? <u64>load<u16>(at) : BEGINNING;
  const next2: u64 = at + 2 < end ? <u64>load<u16>(at + 2) : BEGINNING;
  const last: u64 = p > low ? <u64>load<u16>(p - 2) : BEGINNING;
  setKey(14, step(step(step(2, next), next2), last));
}

/** The word before the bracket that is open, the number of commas since, and the word being written. */
function setBracket(p: usize, low: usize): void {
  const opening = openingBehind();
  const commas = <u64>commasSince;
  let q = opening ? p - ((<usize>(opening - 1)) << 1) : low;
  let hash: u64 = q > low ? <u64>load<u16>(q - 2) : BEGINNING;
  if (q > low) q -= 2;
  while (q > low && kindAt(q - 2) == BLANK) q -= 2;
  while (q > low && kindAt(q - 2) == WORD) {
    q -= 2;
    hash = step(hash, <u64>load<u16>(q));
  }
  setKey(15, step(step(hash, commas), prefixHash));
}
