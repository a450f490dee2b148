import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { analyse } from 'chardet';
import iconv from 'iconv-lite';
import { looksBinary } from './binary.ts';
import type { Yielder } from '../../common/yielder.ts';

export interface DecodedText {
  readonly text: string;
  /** IANA-like name in lower case. */
  readonly encoding: string;
}

/** Bytes are decoded in pieces of this size. */
const PIECE = 64 * 1024;
/** Size of the detector's sample: enough for its statistics, and a few milliseconds of work. */
const SAMPLE_BYTES = 8 * 1024;
/** Below this confidence (of 100) the detector found bytes that are valid, but no language. */
const MIN_CONFIDENCE = 15;

const BYTE_ORDER_MARKS: readonly { readonly encoding: string; readonly bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-32le', bytes: [0xff, 0xfe, 0, 0] },
  { encoding: 'utf-32be', bytes: [0, 0, 0xfe, 0xff] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

/** Escape sequences of ISO 2022 and HZ, which switch character sets within 7 bits; they are not decoded. */
const SWITCHES_CHARACTER_SETS = /\x1b\$[@A-DB(]|\x1b\([IJ]/;

/** The replacement character for invalid bytes, and halves of surrogate pairs. */
const NOT_DECODED = /\ufffd|\p{Cs}/u;

/** Characters that text does not contain: controls, unassigned and private code points. */
const NOT_TEXT = /[\0-\x06\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]|\p{Cn}|\p{Co}|\p{Cs}/u;
const NOT_TEXT_EACH = new RegExp(NOT_TEXT.source, 'gu');

/** Western European letters and signs; text of these alone is taken for windows-1252 where the detector fails. */
const WESTERN = /^[\0-\x7fÀ-ÖØ-öø-ÿŒœŠšŽžŸ©®°±²³µ¶·¼½¾ºª§¡¿«»£¥€¢×÷¨´¸‘’“”‚„‹›–—…•™\u00a0\u00ad¯¬¦¹ˆ˜†‡‰]*$/;

/**
 * The text of `bytes` and the encoding it was in, or the reason why there is none. A byte order mark decides,
 * then strict UTF-8, then zeros in the right places for UTF-16, then the statistics of the bytes; whatever is
 * chosen must decode without errors, control characters or unassigned code points.
 */
export async function decode(
  bytes: Buffer,
  yielder: Yielder,
): Promise<DecodedText | { readonly reason: string }> {
  const marked = BYTE_ORDER_MARKS.find(({ bytes: mark }) => mark.every((byte, i) => bytes[i] === byte));
  if (marked !== undefined) {
    const text = await decodeAs(bytes, marked.encoding, yielder);
    return text === undefined ? { reason: 'binary' } : { text, encoding: marked.encoding };
  }
  if (bytes.includes(0)) {
    return (await decodeUtf16(bytes, yielder)) ?? { reason: 'binary' };
  }
  if (looksBinary(bytes.subarray(0, 4 * PIECE))) return { reason: 'binary' };

  const utf8 = await decodeAs(bytes, 'utf-8', yielder);
  if (utf8 !== undefined) {
    if (SWITCHES_CHARACTER_SETS.test(utf8)) return { reason: 'encoding not supported' };
    return { text: utf8, encoding: 'utf-8' };
  }
  return (await decodeByStatistics(bytes, yielder)) ?? { reason: 'encoding not recognised' };
}

/** Without a mark: the byte order in which line ends and spaces are found, if the rest is text too. */
async function decodeUtf16(bytes: Buffer, yielder: Yielder): Promise<DecodedText | undefined> {
  if (bytes.length % 2 !== 0) return undefined;
  const sample = bytes.subarray(0, PIECE);
  const spaces = { 'utf-16le': 0, 'utf-16be': 0 };
  for (let i = 0; i + 1 < sample.length; i += 2) {
    if (isSpace(sample[i]) && sample[i + 1] === 0) spaces['utf-16le']++;
    if (isSpace(sample[i + 1]) && sample[i] === 0) spaces['utf-16be']++;
  }
  if (spaces['utf-16le'] === spaces['utf-16be']) return undefined;
  const encoding = spaces['utf-16le'] > spaces['utf-16be'] ? 'utf-16le' : 'utf-16be';
  const text = await decodeAs(bytes, encoding, yielder);
  return text === undefined || NOT_TEXT.test(text.slice(0, PIECE)) ? undefined : { text, encoding };
}

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

async function decodeByStatistics(bytes: Buffer, yielder: Yielder): Promise<DecodedText | undefined> {
  const sample = linesBeyondAscii(bytes);
  if (yielder.isDue) await yielder.yield();
  const candidates = analyse(sample)
    .filter(({ confidence }) => confidence >= MIN_CONFIDENCE)
    .map(({ name }) => name.toLowerCase())
    .filter((name) => name !== 'utf-8' && name !== 'ascii' && iconv.encodingExists(name));
  for (const encoding of candidates) {
    if (isCleanText(iconv.decode(sample, encoding))) {
      const text = await decodeAs(bytes, encoding, yielder);
      if (text !== undefined) return { text, encoding };
    }
  }
  const western = 'windows-1252';
  if (!WESTERN.test(iconv.decode(sample, western))) return undefined;
  const text = await decodeAs(bytes, western, yielder);
  return text === undefined ? undefined : { text, encoding: western };
}

/** One stray control character does not make a page of text another encoding. */
function isCleanText(text: string): boolean {
  return (text.match(NOT_TEXT_EACH)?.length ?? 0) * 2_000 < text.length && !text.includes('\ufffd');
}

/** The lines of `bytes` with bytes beyond ASCII, up to the sample's size; pure ASCII says nothing of the encoding. */
function linesBeyondAscii(bytes: Buffer): Buffer {
  const lines: Buffer[] = [];
  let size = 0;
  for (let i = 0; i < bytes.length && size < SAMPLE_BYTES; i++) {
    if (bytes[i] < 0x80) continue;
    const lineStart = bytes.lastIndexOf(0x0a, i) + 1;
    const nextLine = bytes.indexOf(0x0a, i) + 1 || bytes.length;
    const line = bytes.subarray(Math.max(lineStart, i - SAMPLE_BYTES), nextLine).subarray(0, SAMPLE_BYTES);
    lines.push(line);
    size += line.length;
    i = nextLine - 1;
  }
  return Buffer.concat(lines);
}

/** Undefined where the bytes are not valid in this encoding. Strips a byte order mark. */
async function decodeAs(bytes: Buffer, encoding: string, yielder: Yielder): Promise<string | undefined> {
  const decoder = encoding === 'utf-8' ? strictUtf8() : iconv.getDecoder(encoding);
  const parts: string[] = [];
  try {
    for (let start = 0; start < bytes.length; start += PIECE) {
      const part = decoder.write(bytes.subarray(start, start + PIECE));
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
