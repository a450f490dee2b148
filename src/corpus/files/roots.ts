import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserFacingError } from '../../common/errors.ts';

const PHRASES: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'no permission to read it'],
  ['EPERM', 'no permission to read it'],
  ['ENOENT', 'gone before it was read'],
  ['ENOTDIR', 'gone before it was read'],
  ['ELOOP', 'symbolic link'],
]);

/** What the user asked for by name. */
export interface Root {
  /** As given, made absolute. */
  readonly path: string;
  /** Behind any symbolic links. */
  readonly realPath: string;
  readonly kind: 'folder' | 'file' | 'special';
  /** Place among the roots as given. */
  readonly index: number;
}

/**
 * In the order given; what is named twice comes once.
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
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new UserFacingError(`There is no file or folder ${root}, so nothing was read; check the path.`, {
      cause: error,
    });
  }
  return new UserFacingError(
    `${root} cannot be read (${reasonOf(error)}), so nothing was read; allow reading it or leave it out.`,
    { cause: error },
  );
}

/** Why a file or folder could not be read, as a short phrase. */
export function reasonOf(error: unknown): string {
  const code = errorCode(error) ?? 'unknown error';
  return PHRASES.get(code) ?? `cannot be read: ${code}`;
}

function errorCode(error: unknown): string | undefined {
  const code: unknown = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}
