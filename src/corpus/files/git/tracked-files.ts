import { readFile } from 'node:fs/promises';
import type { Yielder } from '../../../common/yielder.ts';
import { commonSpelling, type Spelling } from './spelling.ts';

/** Sizes of an index's parts, in bytes (https://git-scm.com/docs/index-format). */
const HEADER_BYTES = 12;
const STATUS_BYTES = 40;
const FLAG_BYTES = 2;
const EXTENDED_FLAG = 0x4000;
/** Object names of SHA-1 and of SHA-256. */
const HASH_BYTES = [20, 32];

/** The paths in an index, relative to the top of the working tree, with `/`, however they are spelled. */
export class TrackedFiles {
  private readonly spelling: Spelling;
  private readonly files = new Set<string>();
  /** The folders above them. */
  private readonly folders = new Set<string>();

  constructor(spelling: Spelling) {
    this.spelling = spelling;
  }

  add(path: string): void {
    const file = commonSpelling(path, this.spelling);
    this.files.add(file);
    for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) {
      const folder = file.slice(0, end);
      if (this.folders.has(folder)) break;
      this.folders.add(folder);
    }
  }

  has(file: string): boolean {
    return this.files.has(commonSpelling(file, this.spelling));
  }

  hasBelow(folder: string): boolean {
    return this.folders.has(commonSpelling(folder, this.spelling));
  }
}

/** What an index file says is tracked; nothing where there is none that can be read. */
export async function readTrackedFiles(
  indexFile: string,
  spelling: Spelling,
  yielder: Yielder,
): Promise<TrackedFiles> {
  const bytes = await readFile(indexFile).catch(() => undefined);
  if (bytes === undefined) return new TrackedFiles(spelling);
  for (const hashBytes of HASH_BYTES) {
    const tracked = await parseIndex(bytes, hashBytes, spelling, yielder);
    if (tracked !== undefined) return tracked;
  }
  return new TrackedFiles(spelling);
}

/** Undefined where the bytes are no index of version 2 to 4 with object names of this length. */
async function parseIndex(
  bytes: Buffer,
  hashBytes: number,
  spelling: Spelling,
  yielder: Yielder,
): Promise<TrackedFiles | undefined> {
  if (bytes.length < HEADER_BYTES || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) return undefined;
  const tracked = new TrackedFiles(spelling);
  let offset = HEADER_BYTES;
  let before: Buffer = Buffer.alloc(0);
  for (let left = bytes.readUInt32BE(8); left > 0; left--) {
    const flagsAt = offset + STATUS_BYTES + hashBytes;
    if (flagsAt + FLAG_BYTES > bytes.length) return undefined;
    const isExtended = version >= 3 && (bytes.readUInt16BE(flagsAt) & EXTENDED_FLAG) !== 0;
    let nameAt = flagsAt + FLAG_BYTES * (isExtended ? 2 : 1);
    let dropped = before.length;
    if (version === 4) ({ value: dropped, end: nameAt } = readOffset(bytes, nameAt));
    const nameEnd = bytes.indexOf(0, nameAt);
    if (nameEnd === -1 || dropped > before.length) return undefined;
    const name = Buffer.concat([
      before.subarray(0, before.length - dropped),
      bytes.subarray(nameAt, nameEnd),
    ]);
    if (name.length === 0 || !isPath(name)) return undefined;
    tracked.add(name.toString());
    if (yielder.isDue) await yielder.yield();
    before = name;
    // Before version 4, one to eight zeros fill an entry up to a multiple of eight bytes.
    offset = version === 4 ? nameEnd + 1 : offset + ((nameEnd - offset + 8) & ~7);
  }
  return tracked;
}

/** A number in the variable width encoding of offsets (https://git-scm.com/docs/pack-format). */
function readOffset(bytes: Buffer, start: number): { readonly value: number; readonly end: number } {
  let end = start;
  let byte = bytes[end++];
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0 && end < bytes.length) {
    byte = bytes[end++];
    value = (value + 1) * 128 + (byte & 0x7f);
  }
  return { value, end };
}

/** With object names of another length, names would begin with bytes of these. */
const isPath = (name: Buffer): boolean => name[0] !== 0x2f && name.every((byte) => byte >= 0x20);
