import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import fc from '../../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import {
  MAX_FILE_BYTES,
  MemoryTooLarge,
  UnusableMemoryFile,
  withMemoryFile,
  writeMemoryFile,
} from '../../../../src/completion/worker/memory/memory-file.ts';
import { SnapshotOutdated, type WorkspaceSnapshot } from '../../../../src/context-model/index.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { readMemoryFile } from './remembering.ts';

const temporary = temporaryFolder();
const fingerprint = Buffer.alloc(32, 7);
const yes = (): boolean => true;

function snapshotWith(
  files: Readonly<Record<string, string>>,
  shards: readonly Uint8Array[],
): WorkspaceSnapshot {
  return {
    files: new Map(Object.entries(files)),
    codePoints: [97, 0x1f600],
    shards: shards.length,
    shard: (index) => shards[index],
  };
}

const snapshot = snapshotWith({ '/w/a': 'a\ud800 😀 값', '/w/b': '' }, [Buffer.from('one'), Buffer.alloc(0)]);

describe('the file of what is remembered', () => {
  it('gives back what was written', async () => {
    const file = temporary('new/folder/memory.bin');
    expect(await writeMemoryFile(file, fingerprint, snapshot, ['/w/b'], yes)).toBe(true);
    const read = (await readMemoryFile(file, fingerprint))!;
    expect(read.files).toEqual(snapshot.files);
    expect([read.codePoints, read.near]).toEqual([snapshot.codePoints, ['/w/b']]);
    expect(read.shards.map((shard) => Buffer.from(shard).toString())).toEqual(['one', '']);
  });

  it('gives back parts of many sizes, of more than is checked at once', async () => {
    const file = temporary('parts');
    const sizes = [700_000, 3, 0, 900_001, 900_000, 1_100_000];
    const shards = sizes.map((size, i) => Buffer.alloc(size, `${i}`));
    await writeMemoryFile(file, fingerprint, snapshotWith({}, shards), [], yes);
    const read = (await readMemoryFile(file, fingerprint))!;
    expect(read.shards.map(({ length }) => length)).toEqual(sizes);
    expect(read.shards.every((shard, i) => shards[i].equals(shard))).toBe(true);
    // Of a part behind the first that are checked.
    const whole = await readFile(file);
    whole[whole.length - 100] ^= 1;
    await writeFile(file, whole);
    await expect(readMemoryFile(file, fingerprint)).rejects.toThrow('it is damaged');
  });

  it('gives back texts of many sizes, with one byte a character and with two', async () => {
    const file = temporary('texts');
    const sizes = [700_001, 0, 300_000, 1, 1_100_000, 600_000, 3];
    const texts = sizes.map((size, i) => (i % 2 === 0 ? 'é\n' : '값\ud800').repeat(size).slice(0, size));
    const files = Object.fromEntries(texts.map((text, i) => [`/w/${i}`, text]));
    await writeMemoryFile(file, fingerprint, snapshotWith(files, [Buffer.from('one')]), [], yes);
    const read = (await readMemoryFile(file, fingerprint))!;
    expect([...read.files.keys()]).toEqual(Object.keys(files));
    expect([...read.files.values()].every((text, i) => text === texts[i])).toBe(true);
    expect(read.shards.map((shard) => Buffer.from(shard).toString())).toEqual(['one']);
  });

  it.each([0, 1, 30])(
    'is refused where all but %i bytes of a part are gone by the time it is read',
    async (left) => {
      const file = temporary('changing');
      await writeMemoryFile(
        file,
        fingerprint,
        snapshotWith({}, [Buffer.alloc(500), Buffer.alloc(500)]),
        [],
        yes,
      );
      const { size } = await stat(file);
      const read = withMemoryFile(file, fingerprint, async ({ shards }) => {
        // The last part, its length included, and the checksum are 536 bytes.
        await truncate(file, size - 536 + left);
        for await (const shard of shards) expect(shard).toHaveLength(500);
      });
      await expect(read).rejects.toThrow(new UnusableMemoryFile('it changed while it was read'));
    },
  );

  it('is nothing where there is none', async () => {
    expect(await readMemoryFile(temporary('none'), fingerprint)).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')('is for its user alone', async () => {
    const file = temporary('private');
    await writeFile(file, 'other', { mode: 0o644 });
    await writeMemoryFile(file, fingerprint, snapshot, [], yes);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is refused with any byte changed, cut off or added', async () => {
    const file = temporary('damaged');
    await writeMemoryFile(file, fingerprint, snapshot, [], yes);
    const whole = await readFile(file);
    const damages = fc.oneof(
      fc.record({ at: fc.nat(whole.length - 1), by: fc.integer({ min: 1, max: 255 }) }).map(({ at, by }) => {
        const bytes = Buffer.from(whole);
        bytes[at] ^= by;
        return bytes;
      }),
      fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
      fc.uint8Array({ minLength: 1, maxLength: 99 }).map((more) => Buffer.concat([whole, more])),
      fc.uint8Array({ maxLength: 99 }).map((foreign) => Buffer.from(foreign)),
    );
    await fc.assert(
      fc.asyncProperty(damages, async (bytes) => {
        await writeFile(file, bytes);
        await expect(readMemoryFile(file, fingerprint)).rejects.toThrow(UnusableMemoryFile);
      }),
      { numRuns: 200 },
    );
  });

  it('is refused where it was written under other settings, or by another version', async () => {
    const file = temporary('foreign');
    await writeMemoryFile(file, randomBytes(32), snapshot, [], yes);
    await expect(readMemoryFile(file, fingerprint)).rejects.toThrow('settings or the version');
    await writeFile(file, 'CRNNMEM0'.padEnd(200));
    await expect(readMemoryFile(file, fingerprint)).rejects.toThrow('none of this version');
  });

  it('is neither read nor written where it is larger than it may be', async () => {
    const file = temporary('large');
    await writeMemoryFile(file, fingerprint, snapshot, [], yes);
    const before = await readFile(file);
    const large = snapshotWith({}, Array<Uint8Array>(9).fill(Buffer.alloc(MAX_FILE_BYTES / 8)));
    await expect(writeMemoryFile(file, fingerprint, large, [], yes)).rejects.toThrow(MemoryTooLarge);
    expect(await readFile(file)).toEqual(before);
    await truncate(file, MAX_FILE_BYTES + 1);
    await expect(readMemoryFile(file, fingerprint)).rejects.toThrow(UnusableMemoryFile);
  });

  it('stays as it was where the new one is not finished, or not wanted any more', async () => {
    const file = temporary('old/memory.bin');
    await writeMemoryFile(file, fingerprint, snapshot, [], yes);
    const before = await readFile(file);
    const other = snapshotWith({ '/w/c': 'c' }, [Buffer.from('two')]);
    expect(await writeMemoryFile(file, fingerprint, other, [], () => false)).toBe(false);
    const outdated = {
      ...other,
      shard: () => {
        throw new SnapshotOutdated();
      },
    };
    await expect(writeMemoryFile(file, fingerprint, outdated, [], yes)).rejects.toThrow(SnapshotOutdated);
    expect(await readFile(file)).toEqual(before);
    expect(await readdir(dirname(file))).toEqual(['memory.bin']);
  });
});
