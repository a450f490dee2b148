// What is remembered of a workspace's files, as a file:
//
//   8 bytes MAGIC │ 32 bytes fingerprint │ parts: u32 bytes, little-endian │ the bytes │ SHA-256 of all before it
//   parts: a JSON header │ the texts, one after the other, in Latin-1 or UTF-16
//   │ each shard of the context model's counts
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { replaceFile } from '../../../common/atomic-file.ts';
import type { SavedWorkspace, WorkspaceSnapshot } from '../../../context-model/index.ts';

/** A larger file is not written, and one that is there is not read. */
export const MAX_FILE_BYTES = 200_000_000;
/** The last digit is the format's version. */
const MAGIC = Buffer.from('CRNNMEM2');
const HASH_BYTES = 32;
const LENGTH_BYTES = 4;
/** What is read at once, some milliseconds' work; all is read to the same buffer, since freed ones are not given back. */
const BUFFER_BYTES = 2 ** 20;
/** Nobody but the user reads what was learnt of the user's files. */
const MODE = 0o600;

/** What the file holds. */
export interface RememberedWorkspace extends SavedWorkspace {
  /** Files of the folders that were edited last, the last first. */
  readonly near: readonly string[];
}

/** One byte a character where that is enough, in the file as in memory. */
type TextEncoding = 'latin1' | 'utf16le';

interface Header {
  readonly codePoints: readonly number[];
  /** Names, and lengths and encodings of the texts. */
  readonly files: readonly (readonly [name: string, bytes: number, encoding: TextEncoding])[];
  readonly near: readonly string[];
}

/** The file is not one that may be used. The message says why, as the end of a sentence. */
export class UnusableMemoryFile extends Error {}

/** What is remembered would make a larger file than `MAX_FILE_BYTES`. */
export class MemoryTooLarge extends Error {}

/**
 * Writes the file as a whole or not at all, part by part.
 * @param fingerprint 32 bytes that differ wherever what is written may not be used
 * @param mayReplace asked when all is written: whether it may still take the place of the file before
 * @returns whether it did
 * @throws MemoryTooLarge, SnapshotOutdated, or the system's error; the file before stays
 */
export async function writeMemoryFile(
  path: string,
  fingerprint: Buffer,
  snapshot: WorkspaceSnapshot,
  near: readonly string[],
  mayReplace: () => boolean,
): Promise<boolean> {
  try {
    await replaceFile(
      path,
      async (file) => {
        const writer = new Writer(file);
        await writer.write(MAGIC);
        await writer.write(fingerprint);
        const files = [...snapshot.files].map(([name, text]) => fileOf(name, text));
        const header: Header = { codePoints: snapshot.codePoints, files, near };
        await writer.writePart(Buffer.from(JSON.stringify(header)));
        await writer.writeTexts(files, snapshot.files);
        for (let index = 0; index < snapshot.shards; index++) await writer.writePart(snapshot.shard(index));
        await writer.end();
        if (!mayReplace()) throw new NotWanted();
      },
      MODE,
    );
    return true;
  } catch (error) {
    if (error instanceof NotWanted) return false;
    throw error;
  }
}

/**
 * Has `use` take what the file holds; its shards are read as they are asked for.
 * @returns what `use` returned; undefined where there is no file
 * @throws UnusableMemoryFile where it is damaged, too large, of another version or has another fingerprint, and the
 *   system's error where it cannot be read
 */
export async function withMemoryFile<T>(
  path: string,
  fingerprint: Buffer,
  use: (remembered: RememberedWorkspace) => Promise<T>,
): Promise<T | undefined> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return undefined;
  try {
    const buffer = Buffer.alloc(BUFFER_BYTES);
    const end = await check(file, fingerprint, buffer);
    const parts = new PartReader(file, MAGIC.length + HASH_BYTES, end, buffer);
    // The checksum is right, so that this was written by `writeMemoryFile`.
    const { codePoints, files, near } = JSON.parse((await parts.next()).toString()) as Header;
    const texts = await parts.texts(files);
    return await use({ codePoints, near, files: texts, shards: parts.rest() });
  } finally {
    await file.close();
  }
}

class NotWanted extends Error {}

class Writer {
  private readonly file: FileHandle;
  private readonly hash = createHash('sha256');
  private bytes = 0;

  constructor(file: FileHandle) {
    this.file = file;
  }

  async writePart(part: Uint8Array): Promise<void> {
    await this.writeLength(part.length);
    await this.write(part);
  }

  /** One part with all texts, of which no second copy is made as a whole. */
  async writeTexts(files: Header['files'], texts: ReadonlyMap<string, string>): Promise<void> {
    await this.writeLength(bytesOf(files));
    for (const [name, , encoding] of files) await this.write(Buffer.from(texts.get(name)!, encoding));
  }

  private async writeLength(bytes: number): Promise<void> {
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(bytes);
    await this.write(length);
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.bytes += bytes.length;
    if (this.bytes + HASH_BYTES > MAX_FILE_BYTES) throw new MemoryTooLarge();
    this.hash.update(bytes);
    await this.file.writeFile(bytes);
  }

  async end(): Promise<void> {
    await this.file.writeFile(this.hash.digest());
  }
}

/**
 * Reads the whole file once, little of it at a time.
 * @returns where its parts end
 * @throws UnusableMemoryFile
 */
async function check(file: FileHandle, fingerprint: Buffer, buffer: Buffer): Promise<number> {
  const stats = await file.stat();
  if (!stats.isFile() || stats.size > MAX_FILE_BYTES) throw new UnusableMemoryFile('it is none of ours');
  const end = stats.size - HASH_BYTES;
  const start = MAGIC.length + HASH_BYTES;
  const head = await readAt(file, 0, start);
  if (end < start || !head.subarray(0, MAGIC.length).equals(MAGIC))
    throw new UnusableMemoryFile('it is none of this version');
  if (!head.subarray(MAGIC.length).equals(fingerprint))
    throw new UnusableMemoryFile('settings or the version of Char-RNN have changed since');
  const hash = createHash('sha256').update(head);
  for (let at = start; at < end; at += buffer.length)
    hash.update(await readAt(file, at, Math.min(buffer.length, end - at), buffer));
  if (!hash.digest().equals(await readAt(file, end, HASH_BYTES)))
    throw new UnusableMemoryFile('it is damaged');
  return end;
}

/**
 * @param buffer to read into, where it has room
 * @returns the bytes, valid until the buffer is used again; fewer where the file ends before
 */
async function readAt(
  file: FileHandle,
  position: number,
  length: number,
  buffer: Buffer = Buffer.alloc(length),
): Promise<Buffer> {
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** Reads a checked file's parts one after the other. It may have been cut off since it was checked. */
class PartReader {
  private readonly file: FileHandle;
  private readonly end: number;
  private readonly buffer: Buffer;
  private at: number;

  /**
   * @param at where the first part begins
   * @param buffer to read into, where it has room
   */
  constructor(file: FileHandle, at: number, end: number, buffer: Buffer) {
    this.file = file;
    this.at = at;
    this.end = end;
    this.buffer = buffer;
  }

  /**
   * @returns a part, valid until more is read
   * @throws UnusableMemoryFile where the file has changed
   */
  async next(): Promise<Buffer> {
    return this.read(await this.length());
  }

  /**
   * The part that holds the texts of `files`.
   * @throws UnusableMemoryFile where the file has changed
   */
  async texts(files: Header['files']): Promise<Map<string, string>> {
    await this.length();
    const texts = new Map<string, string>();
    let left = files;
    while (left.length > 0) {
      const together = startWithin(left, this.buffer.length);
      const bytes = await this.read(bytesOf(together));
      let at = 0;
      for (const [name, length, encoding] of together) {
        texts.set(name, bytes.toString(encoding, at, at + length));
        at += length;
      }
      left = left.slice(together.length);
    }
    return texts;
  }

  /** The parts that are left, each valid until the next one is asked for. */
  async *rest(): AsyncGenerator<Uint8Array, void, void> {
    while (this.at < this.end) yield await this.next();
  }

  private async length(): Promise<number> {
    return (await this.read(LENGTH_BYTES)).readUInt32LE();
  }

  private async read(length: number): Promise<Buffer> {
    const begin = this.at;
    this.at += length;
    const buffer = length <= this.buffer.length ? this.buffer : undefined;
    const bytes = this.at <= this.end ? await readAt(this.file, begin, length, buffer) : undefined;
    if (bytes?.length !== length) throw new UnusableMemoryFile('it changed while it was read');
    return bytes;
  }
}

function bytesOf(files: Header['files']): number {
  return files.reduce((sum, [, bytes]) => sum + bytes, 0);
}

/** The first files, as many as have `maxBytes` together; at least one. */
function startWithin(files: Header['files'], maxBytes: number): Header['files'] {
  let bytes = 0;
  const end = files.findIndex(([, length], index) => (bytes += length) > maxBytes && index > 0);
  return end === -1 ? files : files.slice(0, end);
}

function fileOf(name: string, text: string): Header['files'][number] {
  const encoding = /[^\0-\xff]/.test(text) ? 'utf16le' : 'latin1';
  return [name, Buffer.byteLength(text, encoding), encoding];
}
