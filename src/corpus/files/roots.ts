import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserFacingError } from '../../common/errors.ts';
import { reasonMessage } from '../reasons.ts';
import { message, english } from '../../common/localization/message.ts';
import { codeOf, readFailure } from '../../common/system-errors.ts';

/** The reason to leave out pipes, devices and the like. */
export const NOT_REGULAR = english`not a regular file`;

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
 * @param onMissing receives a root that does not exist, which is then left out, unless none does exist.
 * @throws UserFacingError for one that cannot be looked at, or does not exist.
 */
export async function resolveRoots(
  paths: readonly string[],
  onMissing?: (root: string) => void,
): Promise<readonly Root[]> {
  const roots = new Map<string, Root>();
  let failure: UserFacingError | undefined;
  for (const [index, given] of paths.entries()) {
    const absolute = path.resolve(given);
    try {
      const root = await resolveRoot(absolute, index);
      if (!roots.has(root.realPath)) roots.set(root.realPath, root);
    } catch (error) {
      failure = unreadableRoot(absolute, error);
      if (!onMissing || !isMissing(error)) throw failure;
      onMissing(absolute);
    }
  }
  if (failure && roots.size === 0) throw failure;
  return [...roots.values()];
}

async function resolveRoot(absolute: string, index: number): Promise<Root> {
  const realPath = await realPathOf(absolute);
  const stats = await stat(realPath);
  const kind = stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'special';
  return { path: absolute, realPath, kind, index };
}

/** A pipe of a shell, such as `/dev/fd/63`, is a link to what is no path. */
async function realPathOf(absolute: string): Promise<string> {
  try {
    return await realpath(absolute);
  } catch (error) {
    const stats = await stat(absolute).catch(() => undefined);
    if (stats === undefined || stats.isDirectory() || stats.isFile()) throw error;
    return absolute;
  }
}

/** The error for a root that cannot be read at all. */
export function unreadableRoot(root: string, error: unknown): UserFacingError {
  if (isMissing(error)) {
    return new UserFacingError(
      message`There is no file or folder ${root}, so nothing was read; check the path.`,
      {
        cause: error,
      },
    );
  }
  return new UserFacingError(
    message`${root} cannot be read (${reasonMessage(readFailure(error))}), so nothing was read; allow reading it or leave it out.`,
    { cause: error },
  );
}

function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
