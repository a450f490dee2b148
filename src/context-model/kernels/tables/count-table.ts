// How often which symbol followed which context: an open-addressing hash table with linear probing (Knuth, The Art
// of Computer Programming 3, section 6.4). A table is cut into shards by the highest bits of the hash, each growing
// on its own, so that growing takes little time and memory at once.
//
// entry, 8 bytes     u32 hash │ u32, 0 where free:
//   one symbol          0 │ 9 bits count │ 10 further bits of hash │ 12 bits complement of the symbol
//   several             1 │ 31 bits address / 2 of a list (count-list.ts)
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

export const MAX_INLINE_COUNT: u32 = 511;
const FURTHER_BITS: u32 = 0x3ff << 12;
const MIN_CAPACITY: u32 = 64;

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

export function setCapacity(shard: Shard, capacity: u32): void {
  const bytes = (<usize>capacity) << 3;
  shard.entries = heap.alloc(bytes);
  memory.fill(shard.entries, 0, bytes);
  shard.capacity = capacity;
  shard.maxUsed = capacity - (capacity >> 3) - (capacity >> 4);
}

/**
 * Where the search for a hash begins.
 * @inline
 */
export function homeOf(hash: u32, bits: u32, capacity: u32): u32 {
  return <u32>((<u64>(hash << bits) * <u64>capacity) >> 32);
}

function grow(shard: Shard, bits: u32): void {
  const old = shard.entries;
  const oldCapacity = shard.capacity;
  const capacity = oldCapacity + (oldCapacity >> 2) + 32;
  setCapacity(shard, capacity);
  const entries = shard.entries;
  for (let i: u32 = 0; i < oldCapacity; i++) {
    const entry = load<u64>(old + ((<usize>i) << 3));
    if (entry >> 32 == 0) continue;
    let at = homeOf(<u32>entry, bits, capacity);
    while (load<u32>(entries + ((<usize>at) << 3), 4) != 0) at = at + 1 == capacity ? 0 : at + 1;
    store<u64>(entries + ((<usize>at) << 3), entry);
  }
  heap.free(old);
}

/** @inline */
function hashOf(key: u64): u32 {
  return <u32>(key >> 32);
}

/**
 * The further bits of hash, in their place in an entry.
 * @inline
 */
function furtherOf(key: u64): u32 {
  return ((<u32>key) << 12) & FURTHER_BITS;
}

/**
 * The first entry that is searched for a context. Loading those of several contexts before the first search lets the
 * cache misses overlap; `keepLoaded` must be given their sum.
 */
export function touch(table: usize, key: u64): u32 {
  const hash = hashOf(key);
  const shard = shardOf(table, hash);
  const home = homeOf(hash, changetype<Table>(table).shardBits, shard.capacity);
  return load<u32>(shard.entries + ((<usize>home) << 3));
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
  const hash = hashOf(key);
  const shard = shardOf(table, hash);
  const capacity = shard.capacity;
  const entries = shard.entries;
  let at = homeOf(hash, changetype<Table>(table).shardBits, capacity);
  let entry = entries + ((<usize>at) << 3);
  let value = load<u32>(entry, 4);
  while (value != 0) {
    if (load<u32>(entry) == hash && hasFurtherBits(value, key)) return entry;
    at = at + 1 == capacity ? 0 : at + 1;
    entry = entries + ((<usize>at) << 3);
    value = load<u32>(entry, 4);
  }
  return 0;
}

/** @inline */
function hasFurtherBits(value: u32, key: u64): bool {
  return (isReference(value) ? furtherBitsOf(listOf(value)) : value & FURTHER_BITS) == furtherOf(key);
}

/**
 * The second word of an entry: a single symbol's count, or the reference to a list.
 * @inline
 */
export function valueOf(entry: usize): u32 {
  return load<u32>(entry, 4);
}

/** @inline */
export function inlineCount(value: u32): u32 {
  return value >> 22;
}

/**
 * Counts `symbol` once more behind a context.
 * @returns whether it is the first time
 */
export function add(table: usize, key: u64, symbol: u32): bool {
  const entry = find(table, key);
  const item = COMPLEMENT - symbol;
  if (entry == 0) {
    insert(table, key, (1 << 22) | furtherOf(key) | item);
    return true;
  }
  const value = valueOf(entry);
  const allocator = allocatorOf(table);
  if (isReference(value)) return increment(allocator, entry + 4, listOf(value), item);
  if ((value & COMPLEMENT) == item && inlineCount(value) < MAX_INLINE_COUNT) {
    store<u32>(entry, value + (1 << 22), 4);
    return false;
  }
  const list = createList(allocator, furtherOf(key), inlineCount(value), value & COMPLEMENT);
  store<u32>(entry, referenceTo(list), 4);
  return increment(allocator, entry + 4, list, item);
}

function insert(table: usize, key: u64, value: u32): void {
  const bits = changetype<Table>(table).shardBits;
  const hash = hashOf(key);
  const shard = shardOf(table, hash);
  const used = shard.used + 1;
  if (used > shard.maxUsed) grow(shard, bits);
  shard.used = used;
  const capacity = shard.capacity;
  const entries = shard.entries;
  let at = homeOf(hash, bits, capacity);
  while (load<u32>(entries + ((<usize>at) << 3), 4) != 0) at = at + 1 == capacity ? 0 : at + 1;
  store<u32>(entries + ((<usize>at) << 3), hash);
  store<u32>(entries + ((<usize>at) << 3), value, 4);
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
    store<u32>(entry, value - (1 << 22), 4);
    return false;
  }
  erase(table, entry, key);
  return true;
}

/** A list that one symbol is left of becomes an entry again. */
function removeFromList(table: usize, key: u64, entry: usize, item: u32): bool {
  const list = listOf(valueOf(entry));
  const isGone = decrement(list, item);
  if (list.symbols == 1) {
    const only = load<u32>(itemsOf(list));
    if (only >> 12 <= MAX_INLINE_COUNT) {
      store<u32>(entry, ((only >> 12) << 22) | furtherOf(key) | (only & COMPLEMENT), 4);
      freeList(allocatorOf(table), list);
    }
  }
  return isGone;
}

/** Frees an entry, moving later ones up (Knuth's algorithm R). */
function erase(table: usize, entry: usize, key: u64): void {
  const bits = changetype<Table>(table).shardBits;
  const shard = shardOf(table, hashOf(key));
  const entries = shard.entries;
  const capacity = shard.capacity;
  shard.used--;
  let hole = <u32>((entry - entries) >> 3);
  let at = hole;
  for (;;) {
    at = at + 1 == capacity ? 0 : at + 1;
    const other = load<u64>(entries + ((<usize>at) << 3));
    if (other >> 32 == 0) break;
    const home = homeOf(<u32>other, bits, capacity);
    const isBetween = hole <= at ? hole < home && home <= at : hole < home || home <= at;
    if (isBetween) continue;
    store<u64>(entries + ((<usize>hole) << 3), other);
    hole = at;
  }
  store<u64>(entries + ((<usize>hole) << 3), 0);
}
