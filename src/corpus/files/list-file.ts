import { readFile, stat } from 'node:fs/promises';

/** A larger file is not a list written by hand. */
const MAX_LIST_BYTES = 1024 * 1024;

/** The text of a small file, such as a list of patterns; undefined where there is none that can be read. */
export async function readList(file: string): Promise<string | undefined> {
  const stats = await stat(file).catch(() => undefined);
  if (!stats?.isFile() || stats.size > MAX_LIST_BYTES) return undefined;
  return readFile(file, 'utf8').catch(() => undefined);
}

export async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
