import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { isLocked, lockModel } from '../../../../src/common/lock-file.ts';
import { writeMemoryFile } from '../../../../src/completion/worker/memory/memory-file.ts';
import {
  type KeeperContext,
  MemoryKeeper,
  removeMemoryFile,
} from '../../../../src/completion/worker/memory/memory-keeper.ts';
import type { ContextModel } from '../../../../src/context-model/index.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { until } from '../../../until.ts';
import { modelOf, readMemoryFile, remembered } from './remembering.ts';

const disk = vi.hoisted(() => ({ isFull: false }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return {
    ...real,
    statfs: () => Promise.resolve({ bavail: disk.isFull ? 10 : 1e7, bsize: 4096 }),
  };
});

const temporary = temporaryFolder();
const fingerprint = Buffer.alloc(32, 1);
const large = 1_000_000;

/** A keeper that need not wait, what it logs, and a promise of its next line. */
async function start(file: string, changes: Partial<KeeperContext['model']> = {}, isKept = false) {
  const model = await modelOf({ '/w/a': remembered });
  const withSnapshot: ContextModel['withSnapshot'] = (use) => model.withSnapshot(use);
  const lines: string[] = [];
  let wake: () => void = () => undefined;
  const keeper = new MemoryKeeper(
    {
      path: file,
      model: { characters: large, withSnapshot, ...changes },
      near: () => ['/w/a'],
      onLog: (line) => {
        lines.push(line);
        wake();
      },
    },
    fingerprint,
    isKept,
    { restMs: 1, intervalMs: 1 },
  );
  const nextLine = (): Promise<void> => new Promise((resolve) => (wake = resolve));
  return { keeper, lines, model, nextLine };
}

const read = { changedUnits: large, hasLeftOut: false };

describe('the keeper of what is remembered', () => {
  it('writes it after a reading, for the next start', async () => {
    const file = temporary('first/memory.bin');
    const { keeper, lines, nextLine } = await start(file);
    const written = nextLine();
    await keeper.noteReading(read);
    await written;
    expect(lines).toEqual([expect.stringContaining('are remembered for the next start')]);
    const kept = (await readMemoryFile(file, fingerprint))!;
    expect([kept.files, kept.near]).toEqual([new Map([['/w/a', remembered]]), ['/w/a']]);
    expect(await readdir(dirname(file))).toEqual(['memory.bin']);
    keeper.dispose();
  });

  it('writes nothing where little has changed, or little is remembered', async () => {
    let tries = 0;
    const withSnapshot = (): Promise<undefined> => {
      tries++;
      return Promise.resolve(undefined);
    };
    const same = await start(temporary('same'), { withSnapshot }, true);
    const small = await start(temporary('small'), { withSnapshot, characters: 10_000 });
    vi.useFakeTimers();
    await same.keeper.noteReading({ changedUnits: 5, hasLeftOut: false });
    await small.keeper.noteReading(read);
    await vi.advanceTimersByTimeAsync(1_000_000);
    vi.useRealTimers();
    expect(tries).toBe(0);
  });

  it('tries again after something was learnt meanwhile', async () => {
    const file = temporary('again');
    let tries = 0;
    const { keeper, model, lines, nextLine } = await start(file, {
      withSnapshot: (use) =>
        model.withSnapshot(async (snapshot) => {
          if (tries++ === 0) await model.learnFile('/w/b', 'beta\n');
          return use(snapshot);
        }),
    });
    const written = nextLine();
    await keeper.noteReading(read);
    await written;
    expect([tries, lines.length]).toEqual([2, 1]);
    expect((await readMemoryFile(file, fingerprint))!.files.size).toBe(2);
    keeper.dispose();
  });

  it('leaves it to one of several windows to write', async () => {
    const file = temporary('shared');
    let tries = 0;
    const { keeper, model, nextLine } = await start(file, {
      withSnapshot: (use) => {
        tries++;
        return model.withSnapshot(use);
      },
    });
    const other = await lockModel(file);
    const written = nextLine();
    await keeper.noteReading(read);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([tries, existsSync(file)]).toEqual([0, false]);
    other.release();
    await written;
    expect([tries, existsSync(file), isLocked(file)]).toEqual([1, true, false]);
    keeper.dispose();
  });

  it('gives up a file that is deleted while it is being written', async () => {
    const file = temporary('deleted/memory.bin');
    let tries = 0;
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const { keeper, model } = await start(file, {
      withSnapshot: async (use) => {
        tries++;
        const result = await model.withSnapshot(async (snapshot) => {
          await removeMemoryFile(file);
          return use(snapshot);
        });
        keeper.dispose();
        end();
        return result;
      },
    });
    await keeper.noteReading(read);
    await ended;
    await until(() => !isLocked(file));
    expect(tries).toBe(1);
    expect(await readdir(dirname(file))).toEqual([]);
  });

  it('leaves nothing of a file that is deleted just before it is put in place', async () => {
    const file = temporary('flushed/memory.bin');
    const model = await modelOf({ '/w/a': remembered });
    let removed = Promise.resolve();
    const mayReplace = (): boolean => {
      removed = removeMemoryFile(file);
      return true;
    };
    await model.withSnapshot(async (snapshot) => {
      await writeMemoryFile(file, fingerprint, snapshot, [], mayReplace).catch(() => undefined);
    });
    await removed;
    expect(await readdir(dirname(file))).toEqual([]);
  });

  it('writes again what was deleted just after it was put in place', async () => {
    const file = temporary('written-again');
    let tries = 0;
    const { keeper, model, lines } = await start(file, {
      withSnapshot: async (use) => {
        const result = await model.withSnapshot(use);
        if (tries++ === 0) void keeper.noteReading({ changedUnits: 1, hasLeftOut: true });
        return result;
      },
    });
    await keeper.noteReading(read);
    await until(() => tries > 1 && existsSync(file));
    await until(() => lines.length > 0 && !isLocked(file));
    keeper.dispose();
    expect((await readMemoryFile(file, fingerprint))!.files.size).toBe(1);
  });

  it('deletes what a worker of this process had not finished when it was stopped', async () => {
    const file = temporary('stopped/memory.bin');
    await mkdir(dirname(file));
    await writeFile(`${file}.${process.pid}.7.tmp`, remembered);
    await removeMemoryFile(file);
    expect(await readdir(dirname(file))).toEqual([]);
  });

  it('deletes at once what holds text that is left out now, or was written under other settings', async () => {
    const file = temporary('left-out');
    const { keeper } = await start(file, { characters: 0 }, true);
    await writeFile(file, 'old');
    await keeper.setFingerprint(fingerprint);
    await keeper.noteReading({ changedUnits: large, hasLeftOut: false });
    expect(await readFile(file, 'utf8')).toBe('old');
    await keeper.noteReading({ changedUnits: 1, hasLeftOut: true });
    expect(existsSync(file)).toBe(false);
    await writeFile(file, 'old');
    await keeper.setFingerprint(Buffer.alloc(32, 2));
    expect(existsSync(file)).toBe(false);
    keeper.dispose();
  });

  it('says that the disk is too full, and leaves the file before', async () => {
    const file = temporary('full/memory.bin');
    const { keeper, lines, nextLine } = await start(file);
    await removeMemoryFile(file);
    disk.isFull = true;
    const said = nextLine();
    await keeper.noteReading(read);
    await said;
    expect(lines[0]).toContain('not kept for the next start: too little is free on the disk');
    expect(await readdir(dirname(file))).toEqual([]);
    disk.isFull = false;
    keeper.dispose();
  });

  it('says that its file cannot be written', async () => {
    await writeFile(temporary('file'), '');
    const { keeper, lines, nextLine } = await start(temporary('file/memory.bin'));
    const said = nextLine();
    await keeper.noteReading(read);
    await said;
    expect(lines[0]).toContain('not kept for the next start');
    keeper.dispose();
  });
});
