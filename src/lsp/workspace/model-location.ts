import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';
import { userCache } from '../../common/user-cache.ts';

const MODEL_NAME = 'model.safetensors';
/** Hexadecimal digits of a hash that name a workspace's folder. */
const NAME_DIGITS = 16;

/** Where a workspace's files are kept. */
export interface ModelLocation {
  readonly modelPath: string;
  /** For what is remembered, in the user's cache whatever the model file. */
  readonly storage: string;
}

/**
 * Where the model of a workspace is: in the file that the user named, or in the user's cache, in a folder for these
 * workspace folders in whatever order.
 * @param named relative to the first folder; `~` is the user's home.
 * @returns undefined where no folder is open and no file named.
 */
export function modelLocation(
  folders: readonly string[],
  named: string | undefined,
): ModelLocation | undefined {
  if (folders.length === 0 && named === undefined) return undefined;
  const identity = createHash('sha256')
    .update([...folders].sort().join('\0'))
    .digest('hex');
  const storage = path.join(userCache(), 'workspaces', identity.slice(0, NAME_DIGITS));
  if (named === undefined) return { modelPath: path.join(storage, MODEL_NAME), storage };
  const expanded = named === '~' || /^~[\\/]/.test(named) ? path.join(homedir(), named.slice(1)) : named;
  return { modelPath: path.resolve(folders[0] ?? '.', expanded), storage };
}
