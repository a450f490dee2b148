/** Size of the sample, in bytes: enough for the detector's statistics, and a few milliseconds of work. */
const SAMPLE_BYTES = 8 * 1024;
/** ASCII that is taken along before and after each byte beyond it, in bytes: the rest of a word and its neighbours. */
const CONTEXT_BYTES = 40;
const LINE_FEED = 0x0a;
/** The second byte of a character of two bytes is not smaller than this (GB 18030, the widest). */
const MIN_SECOND_BYTE = 0x30;

/** ASCII that belongs to code rather than to the words of a comment: a piece ends there. */
const ENDS_PIECE = Uint8Array.from({ length: 128 }, (_, byte) =>
  '\n\r*/#;{}()[]<>="`|&$%\\'.includes(String.fromCharCode(byte)) || byte < 0x20 ? 1 : 0,
);

/** The bytes beyond ASCII of a file with the words they stand in, which show its encoding. */
export interface BeyondAscii {
  /** A piece a line. */
  readonly sample: Buffer;
  /** Whether the bytes beyond ASCII begin, or end, where the file does, so that their character may be cut. */
  readonly touchesStart: boolean;
  readonly touchesEnd: boolean;
}

/**
 * The first pieces of `bytes` that are beyond ASCII. The English words and the signs of code around
 * them would say more about the encoding than they know.
 */
export function beyondAscii(bytes: Buffer): BeyondAscii {
  const pieces: Buffer[] = [];
  let size = 0;
  let end = 0;
  for (let i = 0; i < bytes.length && size < SAMPLE_BYTES; i++) {
    if (bytes[i] < 0x80) continue;
    const start = pieceStart(bytes, i, end);
    end = pieceEnd(bytes, i);
    const piece = wholeCharacters(bytes.subarray(start, end), SAMPLE_BYTES - size);
    if (piece.length === 0 && size > 0) break;
    pieces.push(piece, Buffer.from([LINE_FEED]));
    size += piece.length + 1;
    i = end - 1;
  }
  return {
    sample: Buffer.concat(pieces),
    touchesStart: bytes[0] >= 0x80,
    touchesEnd: size < SAMPLE_BYTES && bytes[bytes.length - 1] >= 0x80,
  };
}

/** `bytes` cut before the last byte of the first `length` that is no part of a longer character in any encoding. */
function wholeCharacters(bytes: Buffer, length: number): Buffer {
  if (bytes.length <= length) return bytes;
  let end = length;
  while (end > 0 && bytes[end] >= MIN_SECOND_BYTE) end--;
  return bytes.subarray(0, end === 0 && length === SAMPLE_BYTES ? length : end);
}

function pieceStart(bytes: Buffer, at: number, min: number): number {
  let start = at;
  while (start > min && at - start < CONTEXT_BYTES && ENDS_PIECE[bytes[start - 1]] === 0) start--;
  return start;
}

/** In encodings of two bytes the second may be ASCII, which ends no piece right behind a byte beyond ASCII. */
function pieceEnd(bytes: Buffer, at: number): number {
  let last = at;
  let end = at + 1;
  for (; end < bytes.length && end - last <= CONTEXT_BYTES; end++) {
    if (bytes[end] >= 0x80) last = end;
    else if (ENDS_PIECE[bytes[end]] === 1 && (end > last + 1 || bytes[end] < MIN_SECOND_BYTE)) break;
  }
  return end;
}
