import { existsSync } from 'node:fs';
import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { userCache } from '../../src/common/user-cache.ts';
import { isAlive } from '../../src/common/process-alive.ts';

/**
 * The folder `name` in the cache, made by `build` on first use. It is built under another name and renamed when
 * whole, so a folder that exists is complete; a second process waits for the first.
 */
export async function cachedFolder(name: string, build: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(userCache(), name);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const unlock = await lock(`${folder}.lock`);
  try {
    if (existsSync(folder)) return folder;
    await removeAbandoned(folder);
    const partial = `${folder}.partial-${process.pid}`;
    await mkdir(partial);
    try {
      await build(partial);
      await rename(partial, folder);
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
    return folder;
  } finally {
    await unlock();
  }
}

/** Removes the leftovers of interrupted installations, except those of a process that is alive. */
async function removeAbandoned(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.partial-`;
  for (const entry of await readdir(dirname(folder))) {
    if (!entry.startsWith(prefix) || isAlive(Number(entry.slice(prefix.length)))) continue;
    await rm(join(dirname(folder), entry), { recursive: true, force: true });
  }
}

/** Holds `file` with our process id in it; a lock whose owner is gone is taken over. */
async function lock(file: string): Promise<() => Promise<void>> {
  for (let announced = false; ;) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = await ownerOf(file);
    if (owner === 'gone') {
      await rm(file, { force: true });
      continue;
    }
    if (!announced) console.log(`Another process (${owner}) is installing the same; waiting for it.`);
    announced = true;
    await sleep(500);
  }
}

/** The process id in a lock; 'gone' if that process has ended or the lock is empty. */
async function ownerOf(file: string): Promise<number | 'gone'> {
  const [text, age] = await Promise.all([
    readFile(file, 'utf8').catch(() => ''),
    stat(file).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    ),
  ]);
  if (text === '' && age < 5000) return NaN;
  const pid = Number(text);
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) ? pid : 'gone';
}
