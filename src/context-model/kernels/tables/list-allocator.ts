// Memory for the lists of one table: blocks of fixed sizes, cut from chunks, that go back to the free list of their size.

/** Items that a block of each size class has room for. */
const capacities: usize = memory.data<u16>([
  2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 128, 256, 512, 1024, 2048, 4096,
]);
export const SIZE_CLASSES: usize = 16;
/** Bytes of a block before its items. */
const BLOCK_HEADER: u32 = 8;
const CHUNK_HEADER: u32 = 16;
const FIRST_CHUNK_BYTES: u32 = 1 << 9;
const MAX_CHUNK_BYTES: u32 = 1 << 16;

/** Behind it: [SIZE_CLASSES] u32 free lists, each the address of a block that begins with the address of the next. */
@unmanaged
export class ListAllocator {
  /** The chunk allocated last, which begins with the address of the one before it. */
  chunk: usize;
  /** The first byte of the chunk that has not been given out, and how many there are. */
  next: usize;
  bytesLeft: u32;
  chunkBytes: u32;
}

export const LIST_ALLOCATOR_BYTES: usize = offsetof<ListAllocator>() + SIZE_CLASSES * 4;

/** @param allocator bytes that are all 0 */
export function initializeAllocator(allocator: ListAllocator): void {
  allocator.chunkBytes = FIRST_CHUNK_BYTES;
}

export function disposeChunks(allocator: ListAllocator): void {
  let chunk = allocator.chunk;
  while (chunk) {
    const next: usize = load<u32>(chunk);
    heap.free(chunk);
    chunk = next;
  }
}

/** @inline */
export function capacityOf(sizeClass: u32): u32 {
  return load<u16>(capacities + (sizeClass << 1));
}

/** @returns a block of BLOCK_HEADER bytes and 4 for each item, 8-byte aligned */
export function allocateBlock(allocator: ListAllocator, sizeClass: u32): usize {
  const free = freeListOf(allocator, sizeClass);
  const block: usize = load<u32>(free);
  if (block) {
    store<u32>(free, load<u32>(block));
    return block;
  }
  const bytes: u32 = BLOCK_HEADER + (capacityOf(sizeClass) << 2);
  if (allocator.bytesLeft < bytes) addChunk(allocator, bytes);
  const cut = allocator.next;
  allocator.next = cut + bytes;
  allocator.bytesLeft -= bytes;
  return cut;
}

export function freeBlock(allocator: ListAllocator, block: usize, sizeClass: u32): void {
  const free = freeListOf(allocator, sizeClass);
  store<u32>(block, load<u32>(free));
  store<u32>(free, <u32>block);
}

/** @inline */
function freeListOf(allocator: ListAllocator, sizeClass: u32): usize {
  return changetype<usize>(allocator) + offsetof<ListAllocator>() + ((<usize>sizeClass) << 2);
}

function addChunk(allocator: ListAllocator, minBytes: u32): void {
  const bytes = max(min(allocator.chunkBytes << 1, MAX_CHUNK_BYTES), minBytes + CHUNK_HEADER);
  const chunk = heap.alloc(bytes);
  store<u32>(chunk, <u32>allocator.chunk);
  allocator.chunk = chunk;
  allocator.next = chunk + CHUNK_HEADER;
  allocator.bytesLeft = bytes - CHUNK_HEADER;
  allocator.chunkBytes = bytes;
}
