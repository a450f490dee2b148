import type { Dirent } from 'node:fs';
import { opendir, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Yielder } from '../../common/yielder.ts';

/** Directory entries read by one call of the system. */
const ENTRIES_AT_ONCE = 256;

/** What stands in names for bytes that are no UTF-8. */
const NOT_UTF8 = '\ufffd';

/** What a folder holds. */
export interface Entry {
  readonly name: string;
  readonly kind: 'folder' | 'file' | 'link' | 'other';
  /** Its whole path where that is no UTF-8. */
  readonly rawPath: Buffer | undefined;
}

/** The entries of a folder, in no order. @throws the system's error where it cannot be listed. */
export async function listFolder(
  folder: { readonly realPath: string; readonly rawPath: Buffer | undefined },
  yielder: Yielder,
): Promise<Entry[]> {
  if (folder.rawPath !== undefined) return listRaw(folder.rawPath);
  const entries: Entry[] = [];
  for await (const entry of await opendir(folder.realPath, { bufferSize: ENTRIES_AT_ONCE })) {
    if (entry.name.includes(NOT_UTF8)) return listRaw(Buffer.from(folder.realPath));
    entries.push({ name: entry.name, kind: kindOf(entry), rawPath: undefined });
    if (yielder.isDue) await yielder.yield();
  }
  return entries;
}

/** Each name as bytes, since a name that is no UTF-8 would be another file's when written as text. */
async function listRaw(folder: Buffer): Promise<Entry[]> {
  const entries = await readdir(folder, { encoding: 'buffer', withFileTypes: true });
  const isRaw = !folder.equals(Buffer.from(folder.toString()));
  return entries.map((entry) => {
    const name = entry.name.toString();
    const rawPath =
      isRaw || name.includes(NOT_UTF8)
        ? Buffer.concat([folder, Buffer.from(path.sep), entry.name])
        : undefined;
    return { name, kind: kindOf(entry), rawPath };
  });
}

function kindOf(entry: Pick<Dirent, 'isSymbolicLink' | 'isDirectory' | 'isFile'>): Entry['kind'] {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'other';
}
