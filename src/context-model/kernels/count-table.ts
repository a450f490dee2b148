// How often which symbol followed which context: an open-addressing hash table with linear probing (Knuth, The Art
// of Computer Programming 3, section 6.4). A table is cut into shards by the highest bits of the hash, each growing
// on its own, so that growing takes little time and memory at once.
//
// entry, 8 bytes     u32 hash │ u32, 0 where free:
//   one symbol          0 │ 9 bits count │ 10 bits of hash more │ 12 bits complement of the symbol
//   several             1 │ 31 bits address / 2 of a list
// list, 8-byte aligned    u32 total │ u16 symbols │ u8 size class, 0 │ then u32 each: 20 bits count │ 12 bits
//   complement of the symbol, falling; so by falling count, then by symbol. Before the list: u32 of hash more.
//
// Counts are exact up to 2^20 - 1; one that got there stays.

/** Bytes of a table's own record: shards, their bits, what lists need, contexts left out, free lists by size class. */
const FREE_LISTS: i32 = 16;
const HEADER: usize = 32 + FREE_LISTS * 4;
const SHARD: usize = 16;
const LARGEST_COUNT: u32 = 0xfffff;
const INLINE_COUNT: u32 = 511;
const COMPLEMENT: u32 = 0xfff;

const capacities: usize = memory.data<u16>([
  3, 5, 7, 9, 13, 17, 25, 33, 49, 65, 129, 257, 513, 1025, 2049, 4097,
]);

/** A new table of 2^bits shards. @param skipped contexts it leaves out, a bit each */
export function createTable(bits: i32, skipped: u32): usize {
  const shards = 1 << bits;
  const table = heap.alloc(HEADER + <usize>shards * SHARD);
  memory.fill(table, 0, HEADER + <usize>shards * SHARD);
  store<u32>(table, shards);
  store<u32>(table, bits, 4);
  store<u32>(table, 1 << 9, 20);
  store<u32>(table, skipped, 24);
  for (let i = 0; i < shards; i++) setCapacity(shardAt(table, i), 64 + (i & 15));
  return table;
}

export function disposeTable(table: usize): void {
  const shards = load<u32>(table);
  for (let i: u32 = 0; i < shards; i++) {
    const shard = shardAt(table, i);
    heap.free(load<u32>(shard));
  }
  let chunk: usize = load<u32>(table, 8);
  while (chunk) {
    const next: usize = load<u32>(chunk);
    heap.free(chunk);
    chunk = next;
  }
  heap.free(table);
}

/**
 * Whether a table leaves a context out.
 * @inline
 */
export function isSkipped(table: usize, context: i32): bool {
  return ((load<u32>(table, 24) >> context) & 1) != 0;
}

/** @inline */
function shardAt(table: usize, index: u32): usize {
  return table + HEADER + <usize>index * SHARD;
}

// shard: u32 entries │ u32 capacity │ u32 used │ u32 most that may be used
function setCapacity(shard: usize, capacity: u32): void {
  const entries = heap.alloc((<usize>capacity) << 3);
  memory.fill(entries, 0, (<usize>capacity) << 3);
  store<u32>(shard, <u32>entries);
  store<u32>(shard, capacity, 4);
  store<u32>(shard, capacity - (capacity >> 3) - (capacity >> 4), 12);
}

/** @inline */
function homeOf(hash: u32, bits: u32, capacity: u32): u32 {
  return <u32>((<u64>(hash << bits) * <u64>capacity) >> 32);
}

function grow(shard: usize, bits: u32): void {
  const old: usize = load<u32>(shard);
  const oldCapacity = load<u32>(shard, 4);
  const capacity = oldCapacity + (oldCapacity >> 2) + 32;
  setCapacity(shard, capacity);
  const entries: usize = load<u32>(shard);
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
  return ((<u32>key) & 0x3ff) << 12;
}

/**
 * Whether an entry's second word names a list.
 * @inline
 */
export function isList(value: u32): bool {
  return value >> 31 != 0;
}

/** @inline */
export function listOf(value: u32): usize {
  return (<usize>(value & 0x7fffffff)) << 1;
}

/** Where a context's entry would be searched first; reading it early lets several be on their way from memory. */
export function touch(table: usize, key: u64): u32 {
  const bits = load<u32>(table, 4);
  const hash = hashOf(key);
  const shard = shardAt(table, bits == 0 ? 0 : hash >> (32 - bits));
  return load<u32>(<usize>load<u32>(shard) + ((<usize>homeOf(hash, bits, load<u32>(shard, 4))) << 3));
}

/** Address of a context's entry; 0 where there is none. */
export function find(table: usize, key: u64): usize {
  const bits = load<u32>(table, 4);
  const hash = hashOf(key);
  const shard = shardAt(table, bits == 0 ? 0 : hash >> (32 - bits));
  const capacity = load<u32>(shard, 4);
  const entries: usize = load<u32>(shard);
  let at = homeOf(hash, bits, capacity);
  let entry = entries + ((<usize>at) << 3);
  let value = load<u32>(entry, 4);
  while (value != 0) {
    if (load<u32>(entry) == hash && isFurther(value, key)) return entry;
    at = at + 1 == capacity ? 0 : at + 1;
    entry = entries + ((<usize>at) << 3);
    value = load<u32>(entry, 4);
  }
  return 0;
}

/** @inline */
function isFurther(value: u32, key: u64): bool {
  const further = isList(value) ? load<u32>(listOf(value) - 4) : value & (0x3ff << 12);
  return further == furtherOf(key);
}

/** Counts `symbol` once more behind a context. @returns whether it is the first time */
export function add(table: usize, key: u64, symbol: u32): bool {
  const entry = find(table, key);
  const item = COMPLEMENT - symbol;
  if (entry == 0) {
    insert(table, key, (1 << 22) | furtherOf(key) | item);
    return true;
  }
  const value = load<u32>(entry, 4);
  if (isList(value)) {
    return increment(table, entry, listOf(value), item);
  } else if ((value & COMPLEMENT) == item && value >> 22 < INLINE_COUNT) {
    store<u32>(entry, value + (1 << 22), 4);
    return false;
  } else {
    const list = allocateList(table, 0);
    store<u32>(list - 4, furtherOf(key));
    const count = value >> 22;
    store<u32>(list, count);
    store<u16>(list, 1, 4);
    store<u32>(list, (count << 12) | (value & COMPLEMENT), 8);
    store<u32>(entry, 0x80000000 | (<u32>(list >> 1)), 4);
    return increment(table, entry, list, item);
  }
}

function insert(table: usize, key: u64, value: u32): void {
  const bits = load<u32>(table, 4);
  const hash = hashOf(key);
  const shard = shardAt(table, bits == 0 ? 0 : hash >> (32 - bits));
  const used = load<u32>(shard, 8) + 1;
  if (used > load<u32>(shard, 12)) grow(shard, bits);
  store<u32>(shard, used, 8);
  const capacity = load<u32>(shard, 4);
  const entries: usize = load<u32>(shard);
  let at = homeOf(hash, bits, capacity);
  while (load<u32>(entries + ((<usize>at) << 3), 4) != 0) at = at + 1 == capacity ? 0 : at + 1;
  store<u32>(entries + ((<usize>at) << 3), hash);
  store<u32>(entries + ((<usize>at) << 3), value, 4);
}

function increment(table: usize, entry: usize, list: usize, item: u32): bool {
  const symbols: u32 = load<u16>(list, 4);
  store<u32>(list, load<u32>(list) + 1);
  let at = list + 8;
  const end = at + ((<usize>symbols) << 2);
  while (at < end && (load<u32>(at) & COMPLEMENT) != item) at += 4;
  let value: u32;
  if (at < end) {
    value = load<u32>(at);
    if (value >> 12 == LARGEST_COUNT) return false;
    value += 1 << 12;
  } else {
    value = (1 << 12) | item;
    const sizeClass: u32 = load<u8>(list, 6);
    if (symbols == <u32>load<u16>(capacities + (sizeClass << 1))) {
      const larger = allocateList(table, sizeClass + 1);
      memory.copy(larger - 4, list - 4, 10);
      memory.copy(larger + 8, list + 8, symbols << 2);
      freeList(table, list);
      store<u32>(entry, 0x80000000 | (<u32>(larger >> 1)), 4);
      at = larger + 8 + ((<usize>symbols) << 2);
      list = larger;
    }
    store<u16>(list, <u16>(symbols + 1), 4);
  }
  const first = list + 8;
  while (at > first && load<u32>(at - 4) < value) {
    store<u32>(at, load<u32>(at - 4));
    at -= 4;
  }
  store<u32>(at, value);
  return value >> 12 == 1;
}

/** Takes back one `add` of the same. @returns whether it was the last */
export function remove(table: usize, key: u64, symbol: u32): bool {
  const entry = find(table, key);
  if (entry == 0) return false;
  const item = COMPLEMENT - symbol;
  const value = load<u32>(entry, 4);
  if (isList(value)) return decrement(table, key, entry, listOf(value), item);
  if ((value & COMPLEMENT) != item) return false;
  if (value >> 22 > 1) {
    store<u32>(entry, value - (1 << 22), 4);
    return false;
  }
  erase(table, entry, key);
  return true;
}

function decrement(table: usize, key: u64, entry: usize, list: usize, item: u32): bool {
  let symbols: u32 = load<u16>(list, 4);
  let at = list + 8;
  let end = at + ((<usize>symbols) << 2);
  while (at < end && (load<u32>(at) & COMPLEMENT) != item) at += 4;
  if (at == end) return false;
  store<u32>(list, load<u32>(list) - 1);
  const value = load<u32>(at) - (1 << 12);
  if (value >> 12 == LARGEST_COUNT - 1) return false;
  const isGone = value >> 12 == 0;
  while (at + 4 < end && (isGone || load<u32>(at + 4) > value)) {
    store<u32>(at, load<u32>(at + 4));
    at += 4;
  }
  if (isGone) store<u16>(list, <u16>--symbols, 4);
  else store<u32>(at, value);
  if (symbols == 1) {
    const only = load<u32>(list + 8);
    if (only >> 12 <= INLINE_COUNT) {
      store<u32>(entry, ((only >> 12) << 22) | furtherOf(key) | (only & COMPLEMENT), 4);
      freeList(table, list);
    }
  }
  return isGone;
}

/** Frees an entry, moving later ones up (Knuth's algorithm R). */
function erase(table: usize, entry: usize, key: u64): void {
  const bits = load<u32>(table, 4);
  const shard = shardAt(table, bits == 0 ? 0 : hashOf(key) >> (32 - bits));
  const entries: usize = load<u32>(shard);
  const capacity = load<u32>(shard, 4);
  store<u32>(shard, load<u32>(shard, 8) - 1, 8);
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

// Lists come from chunks and go back to the free list of their size. table: +8 chunks, +12 next free byte,
// +16 bytes left, +20 size of the last chunk, +32 free lists. A list's address is 4 modulo 8, its block 8-aligned.
function allocateList(table: usize, sizeClass: u32): usize {
  const free = table + 32 + ((<usize>sizeClass) << 2);
  let block: usize = load<u32>(free);
  if (block) {
    store<u32>(free, load<u32>(block));
  } else {
    const bytes: u32 = 12 + ((<u32>load<u16>(capacities + (sizeClass << 1))) << 2);
    if (load<u32>(table, 16) < bytes) addChunk(table, bytes);
    block = load<u32>(table, 12);
    store<u32>(table, <u32>block + bytes, 12);
    store<u32>(table, load<u32>(table, 16) - bytes, 16);
  }
  const list = block + 4;
  store<u32>(list, 0);
  store<u32>(list, sizeClass << 16, 4);
  return list;
}

function freeList(table: usize, list: usize): void {
  const free = table + 32 + ((<usize>load<u8>(list, 6)) << 2);
  store<u32>(list - 4, load<u32>(free));
  store<u32>(free, <u32>(list - 4));
}

function addChunk(table: usize, least: u32): void {
  const bytes = max(min(load<u32>(table, 20) << 1, 1 << 16), least + 16);
  const chunk = heap.alloc(bytes);
  store<u32>(chunk, load<u32>(table, 8));
  store<u32>(chunk, bytes, 4);
  store<u32>(table, <u32>chunk, 8);
  store<u32>(table, <u32>(chunk + 16), 12);
  store<u32>(table, bytes - 16, 16);
  store<u32>(table, bytes, 20);
}
