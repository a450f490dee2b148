import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

export type Json = Record<string, unknown>;

/** A model file taken apart, to be put together again in another way but with a correct checksum. */
export interface Parts {
  header: Json;
  metadata: Json;
  data: Buffer;
}

export async function takeApart(path: string): Promise<Parts> {
  const bytes = await readFile(path);
  const length = Number(bytes.readBigUInt64LE());
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Json;
  const metadata = JSON.parse((header['__metadata__'] as Json)['char-rnn'] as string) as Json;
  return { header, metadata, data: bytes.subarray(8 + length) };
}

/** Seals a header whose text has 64 zeros for the checksum. */
export function seal(headerText: string, data: Uint8Array): Buffer {
  const text = Buffer.from(headerText);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const bytes = Buffer.concat([length, text, data]);
  const digits = createHash('sha256').update(bytes).digest('hex');
  const position = bytes.indexOf('0'.repeat(64));
  if (position >= 0) bytes.write(digits, position, 'latin1');
  return bytes;
}

export function textOf({ header, metadata }: Parts): string {
  const text = JSON.stringify({ ...metadata, checksum: '0'.repeat(64) });
  return JSON.stringify({ ...header, __metadata__: { 'char-rnn': text } });
}

/** The parts without some tensors, whose bytes are cut out. */
export function withoutTensors(parts: Parts, isLeftOut: (name: string) => boolean): Parts {
  const header: Json = {};
  const data: Buffer[] = [];
  let offset = 0;
  for (const [name, entry] of Object.entries(parts.header)) {
    if (isLeftOut(name)) continue;
    header[name] = entry;
    if (name === '__metadata__') continue;
    const tensor = entry as { readonly data_offsets: readonly [begin: number, end: number] };
    const bytes = parts.data.subarray(...tensor.data_offsets);
    header[name] = { ...tensor, data_offsets: [offset, offset + bytes.length] };
    data.push(bytes);
    offset += bytes.length;
  }
  return { ...parts, header, data: Buffer.concat(data) };
}
