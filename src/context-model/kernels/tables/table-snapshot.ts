// A table's counts as bytes, shard by shard, to be kept in a file: about half of what they take in memory. Entries come
// in the order of their hashes, so that they are written to a table's memory in order, too.
//
// shard     u32 capacity │ u32 entries │ the entries
// entry     varint difference to the hash before │ u16: 10 further bits of hash, 6 bits form │ by form:
//   1 … 61    one symbol, seen as often    varint symbol
//   62        one symbol, seen more often  varint symbol │ varint count
//   63        several symbols              varint symbols │ varint total │ as often: varint symbol │ varint count
//
// A varint has seven bits in each byte, the lowest first; the highest bit says that another byte follows.
import {
  COMPLEMENT,
  CountList,
  emptyList,
  furtherBitsOf,
  isReference,
  itemsOf,
  listOf,
  referenceTo,
} from './count-list';
import {
  allocatorOf,
  homeOf,
  inlineCount,
  MAX_INLINE_COUNT,
  setCapacity,
  Shard,
  shardAt,
  Table,
} from './count-table';
import { capacityOf, SIZE_CLASSES } from './list-allocator';

const HEADER_BYTES: usize = 8;
const MAX_VARINT_BYTES: usize = 5;
/** Of an entry without the items of its list. */
const MAX_ENTRY_BYTES: usize = MAX_VARINT_BYTES + 2 + 2 * MAX_VARINT_BYTES;
const MAX_ITEM_BYTES: usize = 2 * MAX_VARINT_BYTES;
const MAX_SHORT_COUNT: u32 = 61;
const LONG_COUNT: u32 = 62;
const SEVERAL: u32 = 63;
const FURTHER_SHIFT: u32 = 12;
/** A capacity is at most this many times its entries, but for small ones. */
const MAX_SPARSENESS: u32 = 64;
const SMALL_CAPACITY: u32 = 4096;

/** Where the next byte is read or written. */
let next: usize = 0;

/** The number of a table's shards. */
export function shardsOf(table: usize): i32 {
  return <i32>changetype<Table>(table).shards;
}

/** An upper bound on the bytes that `encodeShard` writes. */
export function encodedShardBytes(table: usize, index: i32): usize {
  const shard = shardAt(table, index);
  let bytes = HEADER_BYTES + <usize>shard.used * MAX_ENTRY_BYTES;
  for (let at: u32 = 0; at < shard.capacity; at++) {
    const value = load<u32>(shard.entries + ((<usize>at) << 3), 4);
    if (isReference(value)) bytes += <usize>listOf(value).symbols * MAX_ITEM_BYTES;
  }
  return bytes;
}

/**
 * Writes a shard, of which nothing changes.
 * @returns the number of bytes written
 */
export function encodeShard(table: usize, index: i32, to: usize): usize {
  const shard = shardAt(table, index);
  const used = shard.used;
  const sorted = heap.alloc((<usize>used) << 3);
  sortEntries(shard, changetype<Table>(table).shardBits, sorted);
  store<u32>(to, shard.capacity);
  store<u32>(to, used, 4);
  next = to + HEADER_BYTES;
  let before: u32 = 0;
  for (let i: u32 = 0; i < used; i++) {
    const entry = sorted + ((<usize>i) << 3);
    const hash = load<u32>(entry);
    writeVarint(hash - before);
    before = hash;
    writeValue(load<u32>(entry, 4));
  }
  heap.free(sorted);
  return next - to;
}

/** Copies the entries in the order of their hashes, in which they nearly are: an insertion sort moves few, and these not far. */
function sortEntries(shard: Shard, bits: u32, to: usize): void {
  const capacity = shard.capacity;
  let end = to;
  for (let at: u32 = 0; at < capacity; at++) {
    const entry = load<u64>(shard.entries + ((<usize>at) << 3));
    if (entry >> 32 != 0 && !isWrapped(<u32>entry, at, bits, capacity)) end = insertSorted(to, end, entry);
  }
  for (let at: u32 = 0; at < capacity; at++) {
    const entry = load<u64>(shard.entries + ((<usize>at) << 3));
    // Those that went on from the last entry to the first are all before the first that is free.
    if (entry >> 32 == 0) break;
    if (isWrapped(<u32>entry, at, bits, capacity)) end = insertSorted(to, end, entry);
  }
}

/** @inline */
function isWrapped(hash: u32, at: u32, bits: u32, capacity: u32): bool {
  return homeOf(hash, bits, capacity) > at;
}

function insertSorted(from: usize, end: usize, entry: u64): usize {
  let at = end;
  while (at > from && load<u32>(at - 8) > <u32>entry) {
    store<u64>(at, load<u64>(at - 8));
    at -= 8;
  }
  store<u64>(at, entry);
  return end + 8;
}

function writeValue(value: u32): void {
  if (isReference(value)) return writeList(listOf(value));
  const further = (value >> FURTHER_SHIFT) & 0x3ff;
  const count = inlineCount(value);
  const isShort = count <= MAX_SHORT_COUNT;
  writeForm(further, isShort ? count : LONG_COUNT);
  writeVarint(COMPLEMENT - (value & COMPLEMENT));
  if (!isShort) writeVarint(count);
}

function writeList(list: CountList): void {
  const symbols: u32 = list.symbols;
  writeForm(furtherBitsOf(list) >> FURTHER_SHIFT, SEVERAL);
  writeVarint(symbols);
  writeVarint(list.total);
  for (let i: u32 = 0; i < symbols; i++) {
    const item = load<u32>(itemsOf(list) + ((<usize>i) << 2));
    writeVarint(COMPLEMENT - (item & COMPLEMENT));
    writeVarint(item >> 12);
  }
}

function writeForm(further: u32, form: u32): void {
  store<u16>(next, <u16>((further << 6) | form));
  next += 2;
}

function writeVarint(value: u32): void {
  while (value >= 0x80) {
    store<u8>(next++, <u8>(value | 0x80));
    value >>= 7;
  }
  store<u8>(next++, <u8>value);
}

/**
 * Fills an empty shard with what `encodeShard` wrote. The bytes may be any: what is read is never behind their end.
 * @param end of the bytes, behind which as many as a varint and a form have are readable
 * @returns whether they were a shard's; if not, the table is not to be used
 */
export function decodeShard(table: usize, index: i32, from: usize, end: usize): bool {
  if (end - from < HEADER_BYTES) return false;
  const shard = shardAt(table, index);
  const bits = changetype<Table>(table).shardBits;
  const capacity = load<u32>(from);
  const used = load<u32>(from, 4);
  next = from + HEADER_BYTES;
  if (capacity > SMALL_CAPACITY && capacity / MAX_SPARSENESS > used) return false;
  if (used > <u32>(end - next) || used > capacity - (capacity >> 3) - (capacity >> 4)) return false;
  heap.free(shard.entries);
  setCapacity(shard, capacity);
  shard.used = used;
  const entries = shard.entries;
  let hash: u32 = 0;
  for (let i: u32 = 0; i < used; i++) {
    hash += readVarint();
    const value = readValue(table, end);
    if (value == 0) return false;
    let at = homeOf(hash, bits, capacity);
    while (load<u32>(entries + ((<usize>at) << 3), 4) != 0) at = at + 1 == capacity ? 0 : at + 1;
    store<u32>(entries + ((<usize>at) << 3), hash);
    store<u32>(entries + ((<usize>at) << 3), value, 4);
  }
  return next == end;
}

/** The second word of an entry; 0 where the bytes are no entry's. */
function readValue(table: usize, end: usize): u32 {
  if (next + 2 > end) return 0;
  const head: u32 = load<u16>(next);
  next += 2;
  const further = (head >> 6) << FURTHER_SHIFT;
  const form = head & 0x3f;
  if (form == SEVERAL) return readList(table, further, end);
  const symbol = readVarint();
  const count = form == LONG_COUNT ? readVarint() : form;
  if (symbol > COMPLEMENT || count == 0 || count > MAX_INLINE_COUNT || next > end) return 0;
  return (count << 22) | further | (COMPLEMENT - symbol);
}

function readList(table: usize, further: u32, end: usize): u32 {
  const symbols = readVarint();
  const total = readVarint();
  if (next > end || symbols == 0 || symbols > COMPLEMENT + 1 || symbols > <u32>(end - next)) return 0;
  let sizeClass: u32 = 0;
  while (sizeClass < <u32>SIZE_CLASSES - 1 && capacityOf(sizeClass) < symbols) sizeClass++;
  const list = emptyList(allocatorOf(table), sizeClass, further);
  list.total = total;
  list.symbols = <u16>symbols;
  for (let i: u32 = 0; i < symbols; i++) {
    const symbol = readVarint();
    const count = readVarint();
    if (symbol > COMPLEMENT || next > end) return 0;
    store<u32>(itemsOf(list) + ((<usize>i) << 2), (count << 12) | (COMPLEMENT - symbol));
  }
  return referenceTo(list);
}

/** At most five bytes. */
function readVarint(): u32 {
  let value: u32 = 0;
  for (let shift: u32 = 0; shift < 35; shift += 7) {
    const byte: u32 = load<u8>(next++);
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  return value;
}
