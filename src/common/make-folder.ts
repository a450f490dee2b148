import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isNotFound } from './system-errors.ts';

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` tries for ever where no folder can be made
 * in one that is there and the system calls that ENOENT, as in /proc.
 * @throws the system's error
 */
export async function makeFolder(path: string): Promise<void> {
  const folder = resolve(path);
  const parent = dirname(folder);
  try {
    await makeUnlessThere(folder);
  } catch (error) {
    if (!isNotFound(error) || parent === folder) throw error;
    await makeFolder(parent);
    await makeUnlessThere(folder);
  }
}

async function makeUnlessThere(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (isNotFound(error)) throw error;
    const isThere = await stat(folder).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    if (!isThere) throw error;
  }
}
