import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';
import iconv from 'iconv-lite';
import type { Yielder } from '../../common/yielder.ts';

/** Bytes are decoded in pieces of this size. */
export const PIECE_BYTES = 64 * 1024;

/** The replacement character for invalid bytes, and halves of surrogate pairs. */
const NOT_DECODED = /\ufffd|\p{Cs}/u;

/**
 * The text of `bytes` in an encoding that iconv-lite knows, without a byte order mark.
 * @returns undefined where the bytes are not valid in it.
 */
export async function decodeAs(
  bytes: Buffer,
  encoding: string,
  yielder: Yielder,
): Promise<string | undefined> {
  const decoder = encoding === 'utf-8' ? strictUtf8() : iconv.getDecoder(encoding);
  const parts: string[] = [];
  try {
    for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
      const part = decoder.write(bytes.subarray(start, start + PIECE_BYTES));
      if (encoding !== 'utf-8' && NOT_DECODED.test(part)) return undefined;
      parts.push(part);
      if (yielder.isDue) await yielder.yield();
    }
    parts.push(decoder.end() ?? '');
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
  return parts.join('');
}

/**
 * Throws a `TypeError` on bytes that are not UTF-8. Pieces of ASCII, which are nearly all, become strings of a byte
 * a character; the decoder's have two.
 */
function strictUtf8(): { write(bytes: Buffer): string; end(): string } {
  let decoder: TextDecoder | undefined;
  let isBeginning = true;
  /** Whether the decoder may hold the first bytes of an unfinished character. */
  let isUnfinished = false;
  return {
    write: (bytes) => {
      const begins = isBeginning;
      isBeginning = false;
      if (!isUnfinished && isAscii(bytes)) return bytes.toString('latin1');
      isUnfinished = bytes[bytes.length - 1] >= 0x80;
      decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: !begins });
      return decoder.decode(bytes, { stream: true });
    },
    end: () => decoder?.decode() ?? '',
  };
}
