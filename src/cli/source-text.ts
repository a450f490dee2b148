import { readFile, stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { decodeText } from '../corpus/index.ts';
import { UserFacingError } from '../common/errors.ts';
import { sentenceForPath } from '../common/system-errors.ts';
import { normalized } from '../common/text.ts';

/** A source whose bytes are no text in a known encoding. */
export class NoTextError extends UserFacingError {
  /** Why not, as a part of a sentence. */
  readonly reason: string;

  constructor(source: string, reason: string) {
    super(`The source ${source} cannot be read (${reason}); name a text file, best in UTF-8.`);
    this.reason = reason;
  }
}

/**
 * The text of the file `source`, or of standard input for `-`, decoded as the corpus is, with LF line ends.
 * @throws UserFacingError when it cannot be read, NoTextError when it is no text.
 */
export async function readSource(source: string): Promise<string> {
  const decoded = await decodeText(await readBytes(source));
  if ('text' in decoded) return decoded.text;
  throw new NoTextError(source, decoded.reason);
}

/**
 * The text of a diff as `readSource` gives it. A diff has the bytes of its files, which may be in different encodings,
 * or be no text, as those with control characters: then it is read as UTF-8, and what is no UTF-8 replaced by U+FFFD.
 * @throws UserFacingError when it cannot be read.
 */
export async function readDiff(source: string): Promise<string> {
  const bytes = await readBytes(source);
  const decoded = await decodeText(bytes);
  return 'text' in decoded ? decoded.text : normalized(new TextDecoder().decode(bytes));
}

async function readBytes(source: string): Promise<Buffer> {
  if (source === '-') return buffer(process.stdin);
  try {
    const stats = await stat(source);
    // Opening a named pipe that nobody writes to would wait for ever.
    if (stats.isFile() || stats.isDirectory()) return await readFile(source);
  } catch (error) {
    throw sentenceForPath(error, `The source ${source} cannot be read`);
  }
  throw new UserFacingError(
    `The source ${source} is not a regular file, so it cannot be read; pipe its text in and name - instead.`,
  );
}
