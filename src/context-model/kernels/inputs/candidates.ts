// The symbols that may come next, and what the contexts of document and workspace counted.
import { MAX_SYMBOLS } from '../alphabet';
import { CONTEXTS, keys, ORDERS } from '../contexts/contexts';
import { COMPLEMENT, isReference, itemsOf, listOf, CountList } from '../tables/count-list';
import { find, isSkipped, keepLoaded, touch } from '../tables/count-table';
import { inlineCount, valueOf } from '../tables/shard';

/** Columns of one table each: the document's contexts, then the workspace's. */
export const SINGLE_COLUMNS: i32 = CONTEXTS * 2;
/** Symbols that have a row of their own; row `count`, behind the last of them, is for all others. At most 62. */
export const MAX_CANDIDATES: i32 = 60;

/**
 * Symbols that a context may propose, the most frequent ones first; the two shortest contexts may propose more. Of 3, 6
 * and 12, none was better than another by more than 1 % of the bits on both code bases of docs/architecture.md.
 */
const PROPOSALS: u32 = 6;
const SHORT_PROPOSALS: u32 = 60;
const SHORT_CONTEXTS: i32 = 2;

/** [SINGLE_COLUMNS] u32 entries of the tables, 0 where a context is new. */
const entries: usize = memory.data(SINGLE_COLUMNS * 4, 16);
/** [SINGLE_COLUMNS] u32 addresses of what contexts counted, as CountList. */
const lists: usize = memory.data(SINGLE_COLUMNS * 4, 16);
/** [SINGLE_COLUMNS] lists of contexts that know one symbol, and the list of one that knows none. */
const singles: usize = memory.data(SINGLE_COLUMNS * 16, 16);
const nothing: usize = memory.data(16, 16);
/** [MAX_CANDIDATES] u32 symbols by row. */
export const symbols: usize = memory.data((MAX_CANDIDATES + 1) * 4, 16);
/** [MAX_SYMBOLS] u32: 24 bits number of the prediction, 8 bits row. */
const rows: usize = memory.data(MAX_SYMBOLS * 4, 16);
/**
 * Contexts in the order in which they propose symbols: from the longest of the last symbols, words and line to the
 * shortest. From the shortest to the longest costs half as many bits again: the candidates are used up too early.
 */
const priority: usize = memory.data<u8>([
  8, 7, 12, 13, 6, 11, 5, 15, 16, 19, 17, 18, 10, 4, 3, 9, 2, 14, 1, 0,
]);

/** The number of the prediction whose rows `rows` has. */
let number: u32 = 0;

/**
 * The row of a symbol in the last prediction.
 * @returns `otherwise` where it is no candidate
 * @inline
 */
export function rowOf(symbol: u32, otherwise: i32): i32 {
  const row = load<u32>(rows + ((<usize>symbol) << 2));
  return row >> 8 == number ? <i32>(row & 0xff) : otherwise;
}

/** @inline */
export function listAt(column: i32): CountList {
  return changetype<CountList>(<usize>load<u32>(lists + ((<usize>column) << 2)));
}

/** @inline */
export function entryAt(column: i32): usize {
  return load<u32>(entries + ((<usize>column) << 2));
}

/**
 * Looks up the contexts of the position that `keys` are of, and chooses the candidates.
 * @returns how many there are
 */
export function findCandidates(workspace: usize, document: usize): i32 {
  let sum: u32 = 0;
  for (let i = 0; i < CONTEXTS; i++) {
    const key = load<u64>(keys + ((<usize>i) << 3));
    if (!isSkipped(workspace, i)) sum += touch(workspace, key);
    sum += touch(document, key);
  }
  keepLoaded(sum);
  findIn(document, 0);
  findIn(workspace, CONTEXTS);
  return propose();
}

function findIn(table: usize, firstColumn: i32): void {
  let isShorterKnown = true;
  for (let i = 0; i < CONTEXTS; i++) {
    const at = entries + ((<usize>(firstColumn + i)) << 2);
    store<u32>(at, 0);
    const list = lists + ((<usize>(firstColumn + i)) << 2);
    store<u32>(list, <u32>nothing);
    const key = load<u64>(keys + ((<usize>i) << 3));
    if (key == 0 || isSkipped(table, i)) continue;
    // Whatever follows the last n symbols also follows the last n - 1.
    if (i < ORDERS && !isShorterKnown) continue;
    const entry = find(table, key);
    isShorterKnown = entry != 0;
    store<u32>(at, <u32>entry);
    if (entry) store<u32>(list, <u32>listOfEntry(entry, singles + ((<usize>(firstColumn + i)) << 4)));
  }
}

/**
 * What an entry counted as a list; one symbol's is written to `single`.
 * @inline
 */
function listOfEntry(entry: usize, single: usize): usize {
  const value = valueOf(entry);
  const n = inlineCount(value);
  store<u32>(single, n);
  store<u32>(single, 1, 4);
  store<u32>(single, (n << 12) | (value & COMPLEMENT), 8);
  return select(changetype<usize>(listOf(value)), single, isReference(value));
}

function propose(): i32 {
  number = (number + 1) & 0xffffff;
  if (number == 0) {
    memory.fill(rows, 0, MAX_SYMBOLS * 4);
    number = 1;
  }
  let proposed: u32 = 0;
  for (let i = 0; i < CONTEXTS && proposed < <u32>MAX_CANDIDATES; i++) {
    const context: i32 = load<u8>(priority + i);
    const limit = context < SHORT_CONTEXTS ? SHORT_PROPOSALS : PROPOSALS;
    proposed = proposeOf(context, limit, proposed);
    proposed = proposeOf(context + CONTEXTS, limit, proposed);
  }
  return <i32>proposed;
}

/**
 * Makes the most frequent symbols of a column candidates.
 * @returns candidates there are
 * @inline
 */
function proposeOf(column: i32, limit: u32, proposed: u32): u32 {
  const list = listAt(column);
  let at = itemsOf(list);
  const end = at + ((<usize>min(<u32>list.symbols, limit)) << 2);
  const now = number;
  for (; at < end && proposed < <u32>MAX_CANDIDATES; at += 4) {
    // Written in any case, and counted if it is new: a branch on that would be mispredicted too often.
    const symbol = COMPLEMENT - (load<u32>(at) & COMPLEMENT);
    const row = rows + ((<usize>symbol) << 2);
    const before = load<u32>(row);
    const isNew = before >> 8 != now;
    store<u32>(symbols + ((<usize>proposed) << 2), symbol);
    store<u32>(row, select((now << 8) | proposed, before, isNew));
    proposed += <u32>isNew;
  }
  return proposed;
}
