// A part of a hash table with linear probing (Knuth, The Art of Computer Programming 3, section 6.4) whose entries are in
// the order of their hashes (Amble and Knuth, Ordered hash tables, 1974): a search for what is not there ends where it
// would stand, also in a table that is nine tenths full.
//
// entry, 6 bytes     u32 value │ u16 tag: the bits of the hash behind the shard's; 0xffff where the entry is free
//   value: one symbol   0 │ 7 bits count │ 12 further bits of hash │ 12 bits complement of the symbol
//          several      1 │ 31 bits address / 2 of a list (count-list.ts)
import { furtherBitsOf, isReference, listOf } from './count-list';

export const MAX_INLINE_COUNT: u32 = 127;
export const COUNT_SHIFT: u32 = 24;
export const FURTHER_SHIFT: u32 = 12;
export const MAX_FURTHER: u32 = 0xfff;
export const MAX_TAG: u32 = 0xfffe;
const FREE: u32 = 0xffff;
export const TAG_BITS: u32 = 16;
export const ENTRY_BYTES: usize = 6;
const TAG_AT: usize = 4;
export const MIN_CAPACITY: u32 = 16;
/** Shards with fewer entries grow by half, larger ones by an eighth. */
const SMALL_CAPACITY: u32 = 256;

@unmanaged
export class Shard {
  entries: usize;
  /** Entries at which a search may begin. Behind them there is room for those that are moved on, and a free one. */
  capacity: u32;
  used: u32;
  maxUsed: u32;
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
export function homeOf(shard: Shard, tag: u32): usize {
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
export function furtherOfValue(value: u32): u32 {
  return isReference(value) ? furtherBitsOf(listOf(value)) : (value >> FURTHER_SHIFT) & MAX_FURTHER;
}

/** @inline */
export function valueOfOne(count: u32, further: u32, item: u32): u32 {
  return (count << COUNT_SHIFT) | (further << FURTHER_SHIFT) | item;
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

/** Adds an entry in the order of tags and further bits, so that a table does not show in which order it learnt. */
export function insert(shard: Shard, tag: u32, further: u32, value: u32): void {
  if (shard.used >= shard.maxUsed) grow(shard);
  while (!tryToInsert(shard, tag, further, value)) grow(shard);
}

/** @returns false where there is no room to move the entries on that come after it */
function tryToInsert(shard: Shard, tag: u32, further: u32, value: u32): bool {
  let entry = homeOf(shard, tag);
  while (tagOf(entry) < tag) entry += ENTRY_BYTES;
  while (tagOf(entry) == tag && furtherOfValue(valueOf(entry)) < further) entry += ENTRY_BYTES;
  let free = entry;
  while (!isFree(free)) free += ENTRY_BYTES;
  if (free >= endOf(shard)) return false;
  if (free > entry) memory.copy(entry + ENTRY_BYTES, entry, free - entry);
  store<u32>(entry, value);
  store<u16>(entry, <u16>tag, TAG_AT);
  shard.used++;
  return true;
}

/** Frees an entry, moving those back that had to be moved on. */
export function erase(shard: Shard, entry: usize): void {
  shard.used--;
  let end = entry + ENTRY_BYTES;
  while (!isFree(end) && end > homeOf(shard, tagOf(end))) end += ENTRY_BYTES;
  const last = end - ENTRY_BYTES;
  memory.copy(entry, entry + ENTRY_BYTES, last - entry);
  memory.fill(last, 0xff, ENTRY_BYTES);
}
