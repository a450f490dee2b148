import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { readFailure } from '../../common/system-errors.ts';
import { english } from '../../common/localization/message.ts';

/** What came of opening a file: its bytes, the reason to leave it out, or its size where it is not read yet. */
export type OpenedFile =
  | { readonly bytes: Buffer; readonly whole: boolean }
  | { readonly reason: string }
  | { readonly deferred: number };

/** Windows lacks both extra flags, and has neither named pipes that block nor links of this kind. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const FLAGS_IN_FOLDER = FLAGS | (constants.O_NOFOLLOW ?? 0);

/**
 * Opens a file and reads it if `mayRead` its size in bytes: how many bytes to read, 0 to leave it (`deferred`
 * tells its size), or the reason to leave it out. Opens no pipes or devices that took its place, and follows
 * no link unless `named`.
 */
export async function readBytes(
  path: string | Buffer,
  named: boolean,
  mayRead: (size: number) => number | string,
): Promise<OpenedFile> {
  try {
    const handle = await open(path, named ? FLAGS : FLAGS_IN_FOLDER);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) return { reason: english`not a regular file` };
      if (stats.size === 0) return { reason: english`empty` };
      const wanted = mayRead(stats.size);
      if (typeof wanted === 'string') return { reason: wanted };
      if (wanted === 0) return { deferred: stats.size };
      const bytes = Buffer.allocUnsafe(Math.min(wanted, stats.size));
      let length = 0;
      while (length < bytes.length) {
        const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return { bytes: bytes.subarray(0, length), whole: wanted >= stats.size };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return { reason: readFailure(error) };
  }
}
