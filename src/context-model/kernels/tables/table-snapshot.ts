// A table's counts as bytes, shard by shard, to be kept in a file: about half of what they take in memory. Entries come
// in the order in which they stand in the table, so that they are written to its memory in order, too.
//
// shard     u32 entries │ the entries
// entry     varint difference to the tag before │ u16: 12 further bits of hash, 4 bits form │ by form:
//   1 … 13    one symbol, seen as often    varint symbol
//   14        one symbol, seen more often  varint symbol │ varint count
//   15        several symbols              varint symbols │ varint total │ as often: varint symbol │ varint count
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
import { allocatorOf, shardAt, Table } from './count-table';
import { capacityOf, SIZE_CLASSES } from './list-allocator';
import {
  append,
  COUNT_SHIFT,
  ENTRY_BYTES,
  FURTHER_SHIFT,
  grow,
  inlineCount,
  isFree,
  MAX_FURTHER,
  MAX_INLINE_COUNT,
  MAX_TAG,
  setCapacity,
  tagOf,
  valueOf,
} from './shard';

const HEADER_BYTES: usize = 4;
const MAX_VARINT_BYTES: usize = 5;
/** Of an entry without the items of its list. */
const MAX_ENTRY_BYTES: usize = MAX_VARINT_BYTES + 2 + 2 * MAX_VARINT_BYTES;
const MAX_ITEM_BYTES: usize = 2 * MAX_VARINT_BYTES;
const FORM_BITS: u32 = 4;
const MAX_SHORT_COUNT: u32 = 13;
const LONG_COUNT: u32 = 14;
const SEVERAL: u32 = 15;
/** Times that a shard may turn out too small while it is decoded: once is rare. */
const MAX_GROWTHS = 4;

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
  let left = shard.used;
  for (let entry = shard.entries; left > 0; entry += ENTRY_BYTES) {
    if (isFree(entry)) continue;
    left--;
    const value = valueOf(entry);
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
  let left = shard.used;
  store<u32>(to, left);
  next = to + HEADER_BYTES;
  let before: u32 = 0;
  for (let entry = shard.entries; left > 0; entry += ENTRY_BYTES) {
    if (isFree(entry)) continue;
    left--;
    const tag = tagOf(entry);
    writeVarint(tag - before);
    before = tag;
    writeValue(valueOf(entry));
  }
  return next - to;
}

function writeValue(value: u32): void {
  if (isReference(value)) return writeList(listOf(value));
  const count = inlineCount(value);
  const isShort = count <= MAX_SHORT_COUNT;
  writeForm((value >> FURTHER_SHIFT) & MAX_FURTHER, isShort ? count : LONG_COUNT);
  writeVarint(COMPLEMENT - (value & COMPLEMENT));
  if (!isShort) writeVarint(count);
}

function writeList(list: CountList): void {
  const symbols: u32 = list.symbols;
  writeForm(furtherBitsOf(list), SEVERAL);
  writeVarint(symbols);
  writeVarint(list.total);
  for (let i: u32 = 0; i < symbols; i++) {
    const item = load<u32>(itemsOf(list) + ((<usize>i) << 2));
    writeVarint(COMPLEMENT - (item & COMPLEMENT));
    writeVarint(item >> 12);
  }
}

function writeForm(further: u32, form: u32): void {
  store<u16>(next, <u16>((further << FORM_BITS) | form));
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
 * @returns where the shard's bytes end; 0 where they are none, and the table is not to be used
 */
export function decodeShard(table: usize, index: i32, from: usize, end: usize): usize {
  if (end - from < HEADER_BYTES) return 0;
  const shard = shardAt(table, index);
  const used = load<u32>(from);
  next = from + HEADER_BYTES;
  if (used > <u32>(end - next)) return 0;
  heap.free(shard.entries);
  // Four fifths full, so that a tenth can be added before it grows: a table that grows leaves holes in the memory.
  setCapacity(shard, used + used / 4 + 16);
  let free = shard.entries;
  let tag: u32 = 0;
  let growths = 0;
  for (let i: u32 = 0; i < used; i++) {
    tag += readVarint();
    const value = readValue(table, end);
    if (value == 0 || tag > MAX_TAG) return 0;
    let behind = append(shard, free, tag, value);
    for (; behind == 0; behind = append(shard, free, tag, value)) {
      if (++growths > MAX_GROWTHS) return 0;
      free = grow(shard);
    }
    free = behind;
  }
  return next <= end ? next : 0;
}

/** The value of an entry; 0 where the bytes are no entry's. */
function readValue(table: usize, end: usize): u32 {
  if (next + 2 > end) return 0;
  const head: u32 = load<u16>(next);
  next += 2;
  const further = head >> FORM_BITS;
  const form = head & ((1 << FORM_BITS) - 1);
  if (form == SEVERAL) return readList(table, further, end);
  const symbol = readVarint();
  const count = form == LONG_COUNT ? readVarint() : form;
  if (symbol > COMPLEMENT || count == 0 || count > MAX_INLINE_COUNT || next > end) return 0;
  return (count << COUNT_SHIFT) | (further << FURTHER_SHIFT) | (COMPLEMENT - symbol);
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
