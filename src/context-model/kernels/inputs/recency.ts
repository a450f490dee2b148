// What came last where the same stood before. It is read from the text itself, the last symbols of it only, so nothing
// has to be counted or taken back. 2,048 symbols cost 0.1 % of the bits, 4,096 cost 0.4 %.
import { kindAt, WORD } from '../alphabet';
import { absentState } from './count-states';

/** Symbols before a position that are searched. */
export const RECENT_SYMBOLS: usize = 1024;

// Columns: behind the last symbol where no word is being written, behind a word's first one or two symbols, behind the
// beginning of a longer word, and behind the last three symbols.
const NO_WORD: i32 = 0;
const SHORT_PREFIX: i32 = 1;
const LONG_PREFIX: i32 = 2;
const THREE_SYMBOLS: i32 = 3;
export const RECENT_COLUMNS: i32 = 4;

/** Earlier positions that a column takes up, and different symbols that came there. */
const MAX_POSITIONS: u32 = 64;
const MAX_FOUND: u32 = 16;

/** What came at the earlier positions of a column; behind it: its items, the symbol that came last first. */
@unmanaged
export class RecentList {
  positions: u32;
  found: u32;
}

@unmanaged
export class RecentItem {
  symbol: u32;
  /** How often it came, and how many symbols before the position it did last. */
  times: u32;
  distance: u32;
}

const ITEM_BYTES: usize = offsetof<RecentItem>();
const LIST_BYTES: usize = offsetof<RecentList>() + <usize>MAX_FOUND * ITEM_BYTES;
/** [RECENT_COLUMNS] RecentList */
const lists: usize = memory.data(4 * 200, 16);

/** @inline */
export function recentListAt(column: i32): RecentList {
  return changetype<RecentList>(lists + <usize>column * LIST_BYTES);
}

/** @inline */
export function recentItemAt(list: RecentList, index: u32): RecentItem {
  return changetype<RecentItem>(changetype<usize>(list) + offsetof<RecentList>() + <usize>index * ITEM_BYTES);
}

/** Finds what came before the position `p` of the text that begins at `text`. */
export function findRecent(p: usize, text: usize, wordLength: i32): void {
  for (let column = 0; column < RECENT_COLUMNS; column++) {
    const list = recentListAt(column);
    list.positions = 0;
    list.found = 0;
  }
  const low = p - text <= RECENT_SYMBOLS * 2 ? text : p - RECENT_SYMBOLS * 2;
  if (p - low < 4) return;
  const inWord = recentListAt(wordLength == 0 ? NO_WORD : wordLength < 3 ? SHORT_PREFIX : LONG_PREFIX);
  const behindThree = recentListAt(THREE_SYMBOLS);
  const prefix = (<usize>wordLength) << 1;
  const last = i16x8.splat(load<i16>(p - 2));
  // Eight symbols are compared at once, those before `end`.
  for (let end = p - 2; end > low; end -= 16) {
    let equal = <u32>i16x8.bitmask(i16x8.eq(v128.load(end - 16), last));
    while (equal != 0) {
      const lane = 31 - clz(equal);
      equal ^= 1 << lane;
      const q = end - ((<usize>(7 - lane)) << 1);
      if (q <= low) return;
      if (isBehindThree(q, p, low)) addTo(behindThree, q, p);
      if (isInWord(q, p, prefix, low)) addTo(inWord, q, p);
    }
  }
}

/**
 * Whether the three symbols before `q` are those before `p`.
 * @inline
 */
function isBehindThree(q: usize, p: usize, low: usize): bool {
  return q - low >= 6 && load<u64>(q - 8) >> 16 == load<u64>(p - 8) >> 16;
}

/**
 * Whether the word before `q` is that before `p`, of `prefix` bytes; the last symbols are known to be equal.
 * @inline
 */
function isInWord(q: usize, p: usize, prefix: usize, low: usize): bool {
  for (let i: usize = 4; i <= prefix; i += 2) {
    if (q - low < i || load<u16>(q - i) != load<u16>(p - i)) return false;
  }
  return prefix == 0 || q - low <= prefix || kindAt(q - prefix - 2) != WORD;
}

function addTo(list: RecentList, q: usize, p: usize): void {
  if (list.positions == MAX_POSITIONS) return;
  list.positions++;
  const symbol: u32 = load<u16>(q);
  for (let i: u32 = 0; i < list.found; i++) {
    const item = recentItemAt(list, i);
    if (item.symbol != symbol) continue;
    item.times++;
    return;
  }
  if (list.found == MAX_FOUND) return;
  const item = recentItemAt(list, list.found++);
  item.symbol = symbol;
  item.times = 1;
  item.distance = <u32>((p - q) >> 1);
}

/** The state of a symbol that did not come lately, as of one that was not counted; 0 where nothing did. */
export function absentRecentState(list: RecentList): i32 {
  return list.found == 0 ? 0 : absentState(list.found, list.positions);
}

/**
 * The state of the symbol at `index` of a list, 0 to 255: which one it is from the last, how often it came, how far back,
 * and how many others did, two bits each.
 */
export function recentState(list: RecentList, index: u32): i32 {
  const item = recentItemAt(list, index);
  const times = item.times;
  const distance = item.distance;
  const often: u32 = times < 2 ? 0 : times < 3 ? 1 : times < 6 ? 2 : 3;
  const far: u32 = distance < 48 ? 0 : distance < 192 ? 1 : distance < 768 ? 2 : 3;
  const variety: u32 = list.found < 2 ? 0 : list.found < 3 ? 1 : list.found < 6 ? 2 : 3;
  return <i32>((min<u32>(index, 3) << 6) | (often << 4) | (far << 2) | variety);
}
