import { setImmediate } from 'node:timers/promises';
import { DamagedSnapshot } from '../context-model.ts';
import type { Kernels } from './kernels-interface.ts';

/** Readable bytes behind shards that are decoded, so that reading what is damaged stays within them. */
const SPARE_BYTES = 64;
/** Shards encoded together: of a table with four million characters, some milliseconds' work. */
const SHARDS_A_PART = 64;

/** Number of parts in which a table is encoded. */
export function partsOf(kernels: Kernels, table: number): number {
  return Math.ceil(kernels.shardsOf(table) / SHARDS_A_PART);
}

/** The shards of a part. */
function* shardsIn(kernels: Kernels, table: number, part: number): Generator<number, void, void> {
  const end = Math.min((part + 1) * SHARDS_A_PART, kernels.shardsOf(table));
  for (let shard = part * SHARDS_A_PART; shard < end; shard++) yield shard;
}

/** Encodes parts of a table, one after the other, into the same memory. */
export class PartEncoder {
  private readonly kernels: Kernels;
  private readonly table: number;
  private bytes = new Uint8Array();

  constructor(kernels: Kernels, table: number) {
    this.kernels = kernels;
    this.table = table;
  }

  /**
   * Some shards as bytes (`kernels/tables/table-snapshot.ts`), which takes some milliseconds.
   * @returns what is valid until the next call
   */
  encode(part: number): Uint8Array {
    const { kernels, table } = this;
    const shards = [...shardsIn(kernels, table, part)];
    const maxBytes = shards.reduce((sum, shard) => sum + kernels.encodedShardBytes(table, shard), 0);
    const address = kernels.allocate(maxBytes);
    try {
      let length = 0;
      for (const shard of shards) length += kernels.encodeShard(table, shard, address + length);
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
 * @throws DamagedSnapshot where the parts are damaged, and RangeError when there is no room; the table is of no use then
 */
export async function decodeParts(
  kernels: Kernels,
  table: number,
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const count = partsOf(kernels, table);
  let index = 0;
  for await (const part of parts) {
    if (index === count) throw new DamagedSnapshot('there are too many shards');
    const address = kernels.allocate(part.length + SPARE_BYTES);
    new Uint8Array(kernels.memory.buffer, address, part.length).set(part);
    const end = address + part.length;
    let at = address;
    for (const shard of shardsIn(kernels, table, index))
      if (at !== 0) at = kernels.decodeShard(table, shard, at, end);
    kernels.release(address);
    if (at !== end) throw new DamagedSnapshot(`the shards of part ${index} are damaged`);
    index++;
    await setImmediate();
  }
  if (index < count) throw new DamagedSnapshot('there are too few shards');
}
