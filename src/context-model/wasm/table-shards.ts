import { setImmediate } from 'node:timers/promises';
import { DamagedSnapshot } from '../context-model.ts';
import type { Kernels } from './kernels-interface.ts';

/** Readable bytes behind a shard that is decoded, so that reading what is damaged stays within them. */
const SPARE_BYTES = 64;

/** Encodes shards of a table, one after the other, into the same memory. */
export class ShardEncoder {
  private readonly kernels: Kernels;
  private readonly table: number;
  private bytes = new Uint8Array();

  constructor(kernels: Kernels, table: number) {
    this.kernels = kernels;
    this.table = table;
  }

  /**
   * One shard as bytes (`kernels/tables/table-snapshot.ts`), which takes some milliseconds.
   * @returns what is valid until the next call
   */
  encode(index: number): Uint8Array {
    const { kernels, table } = this;
    const address = kernels.allocate(kernels.encodedShardBytes(table, index));
    try {
      const length = kernels.encodeShard(table, index, address);
      if (this.bytes.length < length) this.bytes = new Uint8Array(length);
      this.bytes.set(new Uint8Array(kernels.memory.buffer, address, length));
      return this.bytes.subarray(0, length);
    } finally {
      kernels.release(address);
    }
  }
}

/**
 * Fills an empty table, some milliseconds at a time.
 * @throws DamagedSnapshot where the shards are damaged, and RangeError when there is no room; the table is of no use then
 */
export async function decodeShards(
  kernels: Kernels,
  table: number,
  shards: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const count = kernels.shardsOf(table);
  let index = 0;
  for await (const shard of shards) {
    if (index === count) throw new DamagedSnapshot('there are too many shards');
    const address = kernels.allocate(shard.length + SPARE_BYTES);
    new Uint8Array(kernels.memory.buffer, address, shard.length).set(shard);
    const isWhole = kernels.decodeShard(table, index, address, address + shard.length);
    kernels.release(address);
    if (!isWhole) throw new DamagedSnapshot(`shard ${index} is damaged`);
    index++;
    await setImmediate();
  }
  if (index < count) throw new DamagedSnapshot('there are too few shards');
}
