import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { LENGTH_BYTES, MAX_HEADER_BYTES } from './safetensors.ts';

/**
 * Whether the file may be a model, whole or damaged, rather than a text of the user's, by its name or its first bytes.
 * An empty file counts, because overwriting it loses nothing.
 */
export async function looksLikeModel(path: string): Promise<boolean> {
  if (extname(path).toLowerCase() === '.safetensors') return true;
  const beginning = Buffer.alloc(LENGTH_BYTES + 1);
  let file;
  try {
    file = await open(path, 'r');
    const { bytesRead } = await file.read(beginning, 0, beginning.length, 0);
    if (bytesRead < beginning.length) return bytesRead === 0;
  } catch {
    return false;
  } finally {
    await file?.close();
  }
  return beginning[LENGTH_BYTES] === 0x7b && beginning.readBigUInt64LE() <= BigInt(MAX_HEADER_BYTES);
}
