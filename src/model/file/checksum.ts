import { message } from '../../common/localization/message.ts';
import { FormatError } from '../validate.ts';

/*
 * The checksum of a model file is the SHA-256 of the whole file in which the 64 digits of the checksum itself
 * are replaced by the digit 0. Every other bit of the file counts: length field, header, padding, tensors.
 *
 * To compute it elsewhere: parse the header, then the text `__metadata__["char-rnn"]` in it, and take `checksum`
 * from there. These 64 lower-case hexadecimal digits occur in the header exactly once; overwrite them in the
 * bytes of the file with 0x30 and take the SHA-256 of everything.
 */

export const CHECKSUM_PATTERN = /^[0-9a-f]{64}$/;

/** The digits while the checksum is computed. */
export const BLANK_CHECKSUM = '0'.repeat(64);

/**
 * Position of the blank digits in a header that is being written. They are searched together with the name before them,
 * because a text in the header may hold as many zeros; the name in such a text would have more backslashes.
 */
export function findBlankChecksum(header: Buffer): number {
  const name = String.raw`\"checksum\":\"`;
  const position = header.indexOf(`${name}${BLANK_CHECKSUM}`);
  if (position < 0) throw new Error('the header has no blank checksum');
  return position + name.length;
}

/**
 * Byte offset of the digits of `checksum` in `header`.
 * @throws FormatError unless they occur exactly once.
 */
export function findChecksum(header: Buffer, checksum: string): number {
  const position = header.indexOf(checksum);
  if (position < 0 || header.indexOf(checksum, position + 1) >= 0) {
    throw new FormatError(message`its checksum must stand in its header exactly once`);
  }
  return position;
}
