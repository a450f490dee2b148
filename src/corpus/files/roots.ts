import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserFacingError } from '../../common/errors.ts';
import { codeOf, readFailure } from '../../common/system-errors.ts';

/** A file or folder that the user asked for by name. */
export interface Root {
  /** The given path, made absolute. */
  readonly path: string;
  /** The path with symbolic links resolved. */
  readonly realPath: string;
  readonly kind: 'folder' | 'file' | 'special';
  /** Index among the roots as given. */
  readonly index: number;
}

/**
 * The roots in the order given; one that is named twice comes once.
 * @throws UserFacingError for one that does not exist or cannot be looked at.
 */
export async function resolveRoots(paths: readonly string[]): Promise<readonly Root[]> {
  const roots = new Map<string, Root>();
  for (const [index, given] of paths.entries()) {
    const root = await resolveRoot(path.resolve(given), index);
    if (!roots.has(root.realPath)) roots.set(root.realPath, root);
  }
  return [...roots.values()];
}

async function resolveRoot(absolute: string, index: number): Promise<Root> {
  try {
    const realPath = await realpath(absolute);
    const stats = await stat(realPath);
    const kind = stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'special';
    return { path: absolute, realPath, kind, index };
  } catch (error) {
    throw unreadableRoot(absolute, error);
  }
}

/** The error for a root that cannot be read at all. */
export function unreadableRoot(root: string, error: unknown): UserFacingError {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new UserFacingError(`There is no file or folder ${root}, so nothing was read; check the path.`, {
      cause: error,
    });
  }
  return new UserFacingError(
    `${root} cannot be read (${readFailure(error)}), so nothing was read; allow reading it or leave it out.`,
    { cause: error },
  );
}
