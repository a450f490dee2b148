// The symbols that followed one context, when there are several, each with how often it did.
//
// list, 8-byte aligned   u32 total │ u16 symbols │ u16: 12 further bits of the context's hash, 4 bits size class │
//                        u32 items: 20 bits count │ 12 bits complement of the symbol, falling; so by falling count, then
//                        by symbol
//
// Counts are exact up to 2^20 - 1; one that got there stays.
import { allocateBlock, capacityOf, freeBlock, ListAllocator } from './list-allocator';

/** A symbol's complement, so that equal counts are ordered by rising symbol. */
export const COMPLEMENT: u32 = 0xfff;
const MAX_COUNT: u32 = 0xfffff;
/** Bytes of a list before its items. */
export const LIST_HEADER: usize = 8;

@unmanaged
export class CountList {
  total: u32;
  symbols: u16;
  furtherAndClass: u16;
}

const SIZE_CLASS_BITS: u32 = 4;

/** @inline */
function sizeClassOf(list: CountList): u32 {
  return (<u32>list.furtherAndClass) & ((1 << SIZE_CLASS_BITS) - 1);
}

/** @inline */
export function itemsOf(list: CountList): usize {
  return changetype<usize>(list) + LIST_HEADER;
}

/** @inline */
export function furtherBitsOf(list: CountList): u32 {
  return (<u32>list.furtherAndClass) >> SIZE_CLASS_BITS;
}

/** A list of the smallest size with one item. */
export function createList(allocator: ListAllocator, furtherBits: u32, count: u32, item: u32): CountList {
  const list = emptyList(allocator, 0, furtherBits);
  list.total = count;
  list.symbols = 1;
  store<u32>(itemsOf(list), (count << 12) | item);
  return list;
}

/** A list of a size class without items. */
export function emptyList(allocator: ListAllocator, sizeClass: u32, furtherBits: u32): CountList {
  const list = changetype<CountList>(allocateBlock(allocator, sizeClass));
  list.total = 0;
  list.symbols = 0;
  list.furtherAndClass = <u16>((furtherBits << SIZE_CLASS_BITS) | sizeClass);
  return list;
}

export function freeList(allocator: ListAllocator, list: CountList): void {
  freeBlock(allocator, changetype<usize>(list), sizeClassOf(list));
}

/** The u32 by which an entry of a table refers to a list. */
export function referenceTo(list: CountList): u32 {
  return 0x80000000 | (<u32>(changetype<usize>(list) >> 1));
}

/**
 * Whether an entry's second word refers to a list.
 * @inline
 */
export function isReference(value: u32): bool {
  return value >> 31 != 0;
}

/** @inline */
export function listOf(reference: u32): CountList {
  return changetype<CountList>((<usize>(reference & 0x7fffffff)) << 1);
}

/**
 * Counts a symbol once more.
 * @param reference where the u32 is that refers to the list, which may move
 * @returns whether it is the symbol's first time
 */
export function increment(allocator: ListAllocator, reference: usize, list: CountList, item: u32): bool {
  const symbols: u32 = list.symbols;
  list.total++;
  let at = itemsOf(list);
  const end = at + ((<usize>symbols) << 2);
  while (at < end && (load<u32>(at) & COMPLEMENT) != item) at += 4;
  let value: u32;
  if (at < end) {
    value = load<u32>(at);
    if (value >> 12 == MAX_COUNT) return false;
    value += 1 << 12;
  } else {
    value = (1 << 12) | item;
    if (symbols == capacityOf(sizeClassOf(list))) {
      list = enlarge(allocator, list);
      store<u32>(reference, referenceTo(list));
      at = itemsOf(list) + ((<usize>symbols) << 2);
    }
    list.symbols = <u16>(symbols + 1);
  }
  const first = itemsOf(list);
  while (at > first && load<u32>(at - 4) < value) {
    store<u32>(at, load<u32>(at - 4));
    at -= 4;
  }
  store<u32>(at, value);
  return value >> 12 == 1;
}

function enlarge(allocator: ListAllocator, list: CountList): CountList {
  const larger = emptyList(allocator, sizeClassOf(list) + 1, furtherBitsOf(list));
  larger.total = list.total;
  larger.symbols = list.symbols;
  memory.copy(itemsOf(larger), itemsOf(list), (<usize>list.symbols) << 2);
  freeList(allocator, list);
  return larger;
}

/**
 * Takes back one `increment`.
 * @returns whether it was the symbol's last
 */
export function decrement(list: CountList, item: u32): bool {
  let symbols: u32 = list.symbols;
  let at = itemsOf(list);
  const end = at + ((<usize>symbols) << 2);
  while (at < end && (load<u32>(at) & COMPLEMENT) != item) at += 4;
  if (at == end) return false;
  list.total--;
  const value = load<u32>(at) - (1 << 12);
  if (value >> 12 == MAX_COUNT - 1) return false;
  const isGone = value >> 12 == 0;
  while (at + 4 < end && (isGone || load<u32>(at + 4) > value)) {
    store<u32>(at, load<u32>(at + 4));
    at += 4;
  }
  if (isGone) list.symbols = <u16>--symbols;
  else store<u32>(at, value);
  return isGone;
}
