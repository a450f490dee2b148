// How often which symbol followed which context: a hash table. It is cut into shards by the highest bits of the hash,
// each growing on its own, so that growing takes little time and memory at once.
import {
  COMPLEMENT,
  createList,
  decrement,
  freeList,
  increment,
  isReference,
  itemsOf,
  listOf,
  referenceTo,
} from './count-list';
import { disposeChunks, initializeAllocator, LIST_ALLOCATOR_BYTES, ListAllocator } from './list-allocator';
import {
  COUNT_SHIFT,
  ENTRY_BYTES,
  erase,
  furtherOfValue,
  homeOf,
  inlineCount,
  insert,
  MAX_FURTHER,
  MAX_INLINE_COUNT,
  MAX_TAG,
  MIN_CAPACITY,
  setCapacity,
  Shard,
  TAG_BITS,
  tagOf,
  valueOf,
  valueOfOne,
} from './shard';

/** Behind it: the allocator of its lists, and its shards. */
@unmanaged
export class Table {
  shards: u32;
  /** The number of shards is 2 to the power of this. */
  shardBits: u32;
  /** The contexts it leaves out, a bit each. */
  skipped: u32;
  unused: u32;
}

const ALLOCATOR_AT: usize = offsetof<Table>();
const SHARDS_AT: usize = ALLOCATOR_AT + LIST_ALLOCATOR_BYTES;

/**
 * A new table of 2^bits shards.
 * @param skipped contexts it leaves out, a bit each
 */
export function createTable(bits: i32, skipped: u32): usize {
  const shards = 1 << bits;
  const bytes = SHARDS_AT + <usize>shards * offsetof<Shard>();
  const address = heap.alloc(bytes);
  memory.fill(address, 0, bytes);
  const table = changetype<Table>(address);
  table.shards = shards;
  table.shardBits = bits;
  table.skipped = skipped;
  initializeAllocator(allocatorOf(address));
  // Different capacities, so that the shards do not all grow at once.
  for (let i = 0; i < shards; i++) setCapacity(shardAt(address, i), MIN_CAPACITY + (i & 15));
  return address;
}

export function disposeTable(table: usize): void {
  const shards = changetype<Table>(table).shards;
  for (let i: u32 = 0; i < shards; i++) heap.free(shardAt(table, i).entries);
  disposeChunks(allocatorOf(table));
  heap.free(table);
}

/**
 * Whether a table leaves a context out.
 * @inline
 */
export function isSkipped(table: usize, context: i32): bool {
  return ((changetype<Table>(table).skipped >> context) & 1) != 0;
}

/** @inline */
export function allocatorOf(table: usize): ListAllocator {
  return changetype<ListAllocator>(table + ALLOCATOR_AT);
}

/** @inline */
export function shardAt(table: usize, index: u32): Shard {
  return changetype<Shard>(table + SHARDS_AT + <usize>index * offsetof<Shard>());
}

/** @inline */
function shardOf(table: usize, hash: u32): Shard {
  const bits = changetype<Table>(table).shardBits;
  return shardAt(table, bits == 0 ? 0 : hash >> (32 - bits));
}

/** @inline */
function hashOf(key: u64): u32 {
  return <u32>(key >> 32);
}

/** @inline */
function tagOfKey(table: usize, key: u64): u32 {
  return min((hashOf(key) << changetype<Table>(table).shardBits) >> (32 - TAG_BITS), MAX_TAG);
}

/** @inline */
function furtherOfKey(key: u64): u32 {
  return (<u32>key) & MAX_FURTHER;
}

/**
 * The first entry that is searched for a context. Loading those of several contexts before the first search lets the
 * cache misses overlap; `keepLoaded` must be given their sum.
 */
export function touch(table: usize, key: u64): u32 {
  return load<u32>(homeOf(shardOf(table, hashOf(key)), tagOfKey(table, key)));
}

const loaded: usize = memory.data(4, 4);

/**
 * Uses what `touch` loaded: without a use the compiler would leave the loads out.
 * @inline
 */
export function keepLoaded(sum: u32): void {
  store<u32>(loaded, sum);
}

/** Address of a context's entry; 0 where there is none. */
export function find(table: usize, key: u64): usize {
  const tag = tagOfKey(table, key);
  let entry = homeOf(shardOf(table, hashOf(key)), tag);
  while (tagOf(entry) < tag) entry += ENTRY_BYTES;
  while (tagOf(entry) == tag) {
    if (furtherOfValue(valueOf(entry)) == furtherOfKey(key)) return entry;
    entry += ENTRY_BYTES;
  }
  return 0;
}

/**
 * Counts `symbol` once more behind a context.
 * @returns whether it is the first time
 */
export function add(table: usize, key: u64, symbol: u32): bool {
  const entry = find(table, key);
  const item = COMPLEMENT - symbol;
  if (entry == 0) {
    const further = furtherOfKey(key);
    insert(shardOf(table, hashOf(key)), tagOfKey(table, key), further, valueOfOne(1, further, item));
    return true;
  }
  const value = valueOf(entry);
  const allocator = allocatorOf(table);
  if (isReference(value)) return increment(allocator, entry, listOf(value), item);
  if ((value & COMPLEMENT) == item && inlineCount(value) < MAX_INLINE_COUNT) {
    store<u32>(entry, value + (1 << COUNT_SHIFT));
    return false;
  }
  const list = createList(allocator, furtherOfKey(key), inlineCount(value), value & COMPLEMENT);
  store<u32>(entry, referenceTo(list));
  return increment(allocator, entry, list, item);
}

/**
 * Takes back one `add` of the same.
 * @returns whether it was the last
 */
export function remove(table: usize, key: u64, symbol: u32): bool {
  const entry = find(table, key);
  if (entry == 0) return false;
  const item = COMPLEMENT - symbol;
  const value = valueOf(entry);
  if (isReference(value)) return removeFromList(table, key, entry, item);
  if ((value & COMPLEMENT) != item) return false;
  if (inlineCount(value) > 1) {
    store<u32>(entry, value - (1 << COUNT_SHIFT));
    return false;
  }
  erase(shardOf(table, hashOf(key)), entry);
  return true;
}

/** A list that one symbol is left of becomes an entry again. */
function removeFromList(table: usize, key: u64, entry: usize, item: u32): bool {
  const list = listOf(valueOf(entry));
  const isGone = decrement(list, item);
  if (list.symbols == 1) {
    const only = load<u32>(itemsOf(list));
    if (only >> 12 <= MAX_INLINE_COUNT) {
      store<u32>(entry, valueOfOne(only >> 12, furtherOfKey(key), only & COMPLEMENT));
      freeList(allocatorOf(table), list);
    }
  }
  return isGone;
}
