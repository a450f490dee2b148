import { copyFile, link } from 'node:fs/promises';

/** Gives the file `from` the second name `to`, by a copy on file systems without hard links. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}
