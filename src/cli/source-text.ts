import { readFile, stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { decodeText } from '../corpus/index.ts';
import { UserFacingError } from '../common/errors.ts';

/**
 * The text of the file `source`, or of standard input for `-`, decoded as the corpus is, with LF line ends.
 * @throws UserFacingError when it cannot be read.
 */
export async function readSource(source: string): Promise<string> {
  const decoded = await decodeText(await readBytes(source));
  if ('text' in decoded) return decoded.text;
  throw new UserFacingError(
    `The source ${source} cannot be completed (${decoded.reason}); name a text file, best in UTF-8.`,
  );
}

async function readBytes(source: string): Promise<Buffer> {
  if (source === '-') return buffer(process.stdin);
  try {
    const stats = await stat(source);
    // Opening a named pipe that nobody writes to would wait for ever.
    if (stats.isFile() || stats.isDirectory()) return await readFile(source);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT'
        ? 'because there is no such file; name one that is there'
        : code === 'EISDIR'
          ? 'because it is a folder; name a file in it'
          : `because the system reports ${code ?? String(error)}; name another file`;
    throw new UserFacingError(`The source ${source} cannot be read, ${why}.`, { cause: error });
  }
  throw new UserFacingError(
    `The source ${source} is not a regular file, so it cannot be read; pipe its text in and name - instead.`,
  );
}
