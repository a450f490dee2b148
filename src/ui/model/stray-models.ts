import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { isLocked, lockModel } from '../../common/lock-file.ts';

/** The last digit that VS Code gives to the storage folder of a further window. */
const MAX_WINDOW = 9;

/**
 * Models of a workspace in the storage folders `ID-1`, `ID-2` … that VS Code gives to further windows, the newest
 * first: versions before 0.2 kept one model a window.
 * @param modelPath the workspace's own, in the storage folder `ID`
 */
export async function strayModels(modelPath: string): Promise<readonly string[]> {
  const folder = path.dirname(modelPath);
  const workspace = path.dirname(folder);
  const inFolderOf = (window: number): string =>
    path.join(`${workspace}-${window}`, path.basename(folder), path.basename(modelPath));
  const found: { readonly file: string; readonly modified: number }[] = [];
  for (let window = 1; window <= MAX_WINDOW; window++) {
    const file = inFolderOf(window);
    const stats = await fs.stat(file).catch(() => undefined);
    if (stats?.isFile()) found.push({ file, modified: stats.mtimeMs });
  }
  return found.sort((a, b) => b.modified - a.modified).map(({ file }) => file);
}

/**
 * Moves the newest stray model to `modelPath`, where no model is. The others stay where they are.
 * @returns whether one was moved; false also while a training works on it.
 * @throws UserFacingError while a training works on the workspace's own model; the system's error where the disk does
 *   not allow it.
 */
export async function claimStrayModel(modelPath: string): Promise<boolean> {
  const [stray] = await strayModels(modelPath);
  if (stray === undefined || isLocked(stray)) return false;
  const lock = await lockModel(modelPath);
  try {
    const exists = await fs.stat(modelPath).then(
      () => true,
      () => false,
    );
    if (exists) return false;
    await fs.rename(stray, modelPath);
    return true;
  } finally {
    lock.release();
  }
}
