// How often which symbol followed which context: an open-addressing hash table with linear probing (Knuth, The Art
// of Computer Programming 3, section 6.4) whose entries are in the order of their hashes (Amble and Knuth, Ordered hash
// tables, 1974): a search for what is not there ends where it would stand, also in a table that is nine tenths full. A
// table is cut into shards by the highest bits of the hash, each growing on its own, so that growing takes little time
// and memory at once.
//
// entry, 6 bytes     u32 value │ u16 tag: the bits of the hash behind the shard's; 0xffff where the entry is free
//   value: one symbol   0 │ 7 bits count │ 12 further bits of hash │ 12 bits complement of the symbol
//          several      1 │ 31 bits address / 2 of a list (count-list.ts)
import {
  COMPLEMENT,
  createList,
  decrement,
  freeList,
  furtherBitsOf,
  increment,
  isReference,
  itemsOf,
  listOf,
  referenceTo,
} from './count-list';
import { disposeChunks, initializeAllocator, LIST_ALLOCATOR_BYTES, ListAllocator } from './list-allocator';

export const MAX_INLINE_COUNT: u32 = 127;
export const COUNT_SHIFT: u32 = 24;
export const FURTHER_SHIFT: u32 = 12;
export const MAX_FURTHER: u32 = 0xfff;
export const MAX_TAG: u32 = 0xfffe;
const FREE: u32 = 0xffff;
const TAG_BITS: u32 = 16;
export const ENTRY_BYTES: usize = 6;
const TAG_AT: usize = 4;
const MIN_CAPACITY: u32 = 16;
/** Shards with fewer entries grow by half, larger ones by an eighth. */
const SMALL_CAPACITY: u32 = 256;

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

@unmanaged
export class Shard {
  entries: usize;
  /** Entries at which a search may begin. Behind them there is room for those that are moved on, and a free one. */
  capacity: u32;
  used: u32;
  maxUsed: u32;
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

/** Where the entry is that is always free, the last one. */
function endOf(shard: Shard): usize {
  return shard.entries + <usize>(shard.capacity + spareOf(shard.capacity)) * ENTRY_BYTES;
}

/** Entries behind those at which a search may begin: at most 0.9 full, a table seldom moves an entry on by more. */
function spareOf(capacity: u32): u32 {
  return 16 + (capacity >> 7);
}

/** Makes a shard, whose entries have been freed, one without any. */
export function setCapacity(shard: Shard, capacity: u32): void {
  const bytes = <usize>(capacity + spareOf(capacity) + 1) * ENTRY_BYTES;
  shard.entries = heap.alloc(bytes);
  memory.fill(shard.entries, 0xff, bytes);
  shard.capacity = capacity;
  shard.used = 0;
  shard.maxUsed = capacity - (capacity >> 3) + (capacity >> 6);
}

/**
 * Where the search for a tag begins.
 * @inline
 */
function homeOf(shard: Shard, tag: u32): usize {
  return shard.entries + <usize>((<u64>tag * <u64>shard.capacity) >> TAG_BITS) * ENTRY_BYTES;
}

/** @inline */
export function tagOf(entry: usize): u32 {
  return load<u16>(entry, TAG_AT);
}

/** @inline */
export function isFree(entry: usize): bool {
  return tagOf(entry) == FREE;
}

/**
 * Adds an entry behind all others of a shard.
 * @param next the first entry behind the others
 * @param tag not less than theirs
 * @returns the first entry behind it; 0 where there is no room
 */
export function append(shard: Shard, next: usize, tag: u32, value: u32): usize {
  const home = homeOf(shard, tag);
  const entry = home > next ? home : next;
  if (entry >= endOf(shard)) return 0;
  store<u32>(entry, value);
  store<u16>(entry, <u16>tag, TAG_AT);
  shard.used++;
  return entry + ENTRY_BYTES;
}

/** Moves the entries to where there is room for more. @returns where the next one may be appended */
export function grow(shard: Shard): usize {
  const old = shard.entries;
  const end = endOf(shard);
  let capacity = shard.capacity;
  let next: usize = 0;
  while (next == 0) {
    capacity += capacity < SMALL_CAPACITY ? capacity >> 1 : capacity >> 3;
    setCapacity(shard, capacity);
    next = shard.entries;
    for (let entry = old; entry < end && next != 0; entry += ENTRY_BYTES) {
      if (!isFree(entry)) next = append(shard, next, tagOf(entry), valueOf(entry));
    }
    if (next == 0) heap.free(shard.entries);
  }
  heap.free(old);
  return next;
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

/** @inline */
function furtherOfValue(value: u32): u32 {
  return isReference(value) ? furtherBitsOf(listOf(value)) : (value >> FURTHER_SHIFT) & MAX_FURTHER;
}

/** @inline */
function valueOfOne(count: u32, further: u32, item: u32): u32 {
  return (count << COUNT_SHIFT) | (further << FURTHER_SHIFT) | item;
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
 * A single symbol's count, or the reference to a list.
 * @inline
 */
export function valueOf(entry: usize): u32 {
  return load<u32>(entry);
}

/** @inline */
export function inlineCount(value: u32): u32 {
  return value >> COUNT_SHIFT;
}

/**
 * Counts `symbol` once more behind a context.
 * @returns whether it is the first time
 */
export function add(table: usize, key: u64, symbol: u32): bool {
  const entry = find(table, key);
  const item = COMPLEMENT - symbol;
  if (entry == 0) {
    insert(table, key, valueOfOne(1, furtherOfKey(key), item));
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

/** Adds an entry in the order of tags and further bits, so that a table does not show in which order it learnt. */
function insert(table: usize, key: u64, value: u32): void {
  const shard = shardOf(table, hashOf(key));
  const tag = tagOfKey(table, key);
  const further = furtherOfKey(key);
  if (shard.used >= shard.maxUsed) grow(shard);
  for (;;) {
    let entry = homeOf(shard, tag);
    while (tagOf(entry) < tag) entry += ENTRY_BYTES;
    while (tagOf(entry) == tag && furtherOfValue(valueOf(entry)) < further) entry += ENTRY_BYTES;
    let free = entry;
    while (!isFree(free)) free += ENTRY_BYTES;
    if (free < endOf(shard)) {
      if (free > entry) memory.copy(entry + ENTRY_BYTES, entry, free - entry);
      store<u32>(entry, value);
      store<u16>(entry, <u16>tag, TAG_AT);
      shard.used++;
      return;
    }
    grow(shard);
  }
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

/** Frees an entry, moving those back that had to be moved on. */
function erase(shard: Shard, entry: usize): void {
  shard.used--;
  let end = entry + ENTRY_BYTES;
  while (!isFree(end) && end > homeOf(shard, tagOf(end))) end += ENTRY_BYTES;
  const last = end - ENTRY_BYTES;
  memory.copy(entry, entry + ENTRY_BYTES, last - entry);
  memory.fill(last, 0xff, ENTRY_BYTES);
}
