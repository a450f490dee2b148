import { open, readdir, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { isAlive } from './process-alive.ts';
import { sleep } from './sleep.ts';
import { codeOf, isNotFound } from './system-errors.ts';

/** Number of replacements so far, which makes the names of temporary files unique within the process. */
let replacements = 0;

/** Delays between attempts to rename: on Windows a virus scanner or a reader may keep the file busy. */
const RENAME_DELAYS_MS = [10, 50, 200, 500, 1000];

/** A temporary file of a writer that is gone is removed once it is this old; the writer may be on another machine. */
const STALE_AFTER_MS = 60_000;

/**
 * Replaces `path` as a whole or not at all: `write` fills a temporary file in the same folder, which is flushed and
 * then renamed over it. A missing folder is created; a symbolic link is followed.
 * @param mode permissions of the file; left out: those of the file that is replaced, or the usual ones
 */
export async function replaceFile(
  path: string,
  write: (file: FileHandle) => Promise<void>,
  mode?: number,
): Promise<void> {
  const target = await targetOf(path);
  const folder = dirname(target);
  await makeFolder(folder);
  await removeTemporaries(target, STALE_AFTER_MS);
  const temporary = `${target}.${process.pid}.${replacements++}.tmp`;
  try {
    // A file of this name can only be left from a dead process that had this id.
    await rm(temporary, { force: true });
    const file = await open(temporary, 'wx', mode ?? (await modeOf(target)));
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await renameRetrying(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await flushFolder(folder);
}

/** Removes the temporary files of killed writers of `path`; only for its owner, while nobody writes it. */
export async function removeLeftovers(path: string): Promise<void> {
  await removeTemporaries(await targetOf(path), 0);
}

/** Removes all temporary files of `path`, those that are being written too: their writers fail. */
export async function removeUnfinished(path: string): Promise<void> {
  await removeTemporaries(await targetOf(path), 0, () => false);
}

/** `path` with its symbolic links resolved, also where the target does not exist yet. */
async function targetOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  try {
    return resolve(dirname(path), await readlink(path));
  } catch {
    return resolve(path);
  }
}

async function modeOf(target: string): Promise<number> {
  try {
    const stats = await stat(target);
    if (stats.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    return stats.mode & 0o777;
  } catch (error) {
    if (isNotFound(error)) return 0o666;
    throw error;
  }
}

async function renameRetrying(from: string, to: string): Promise<void> {
  for (const milliseconds of RENAME_DELAYS_MS) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (!['EPERM', 'EBUSY', 'EACCES'].includes(codeOf(error) ?? '')) throw error;
    }
    await sleep(milliseconds);
  }
  await rename(from, to);
}

/** Flushes the folder, so that the rename itself survives a power cut where the system supports it. */
async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows has no way to do it, some network drives refuse; the file itself is whole either way.
  }
}

/**
 * Removes the temporary files that writers left next to `target`.
 * @param minAgeMs only files not written to for this long; 0 only where nobody else can be writing.
 * @param isKept whether the files of the process with this id stay.
 */
async function removeTemporaries(
  target: string,
  minAgeMs: number,
  isKept: (pid: number) => boolean = isAlive,
): Promise<void> {
  const folder = dirname(target);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(target)}.`)) continue;
    const match = /^\.(\d+)\.\d+\.tmp$/.exec(name.slice(basename(target).length));
    if (match === null || isKept(Number(match[1]))) continue;
    const path = join(folder, name);
    try {
      if (Date.now() - (await stat(path)).mtimeMs >= minAgeMs) await rm(path);
    } catch {
      // Another process was quicker, or it may not be removed; nothing depends on it.
    }
  }
}
