import iconv from 'iconv-lite';
import type { Yielder } from '../../common/yielder.ts';
import { english } from '../../common/localization/message.ts';
import { varyingReason } from '../reasons.ts';
import { looksBinary } from './binary.ts';
import { markedEncoding } from './byte-order-marks.ts';
import { decodeDamagedUtf8 } from './damaged-utf8.ts';
import { decodeAs } from './decode-as.ts';
import { declaredEncoding } from './declared-encoding.ts';
import { findLocalEncoding } from './local-encoding.ts';
import { isCleanText } from './not-text.ts';
import { decodeWide, wholeUnits } from './wide-encodings.ts';

export interface DecodedText {
  readonly text: string;
  /** IANA-like name in lower case. */
  readonly encoding: string;
}

/** Bytes at the beginning that must look like text. */
const CHECKED_BYTES = 256 * 1024;

const ESCAPE = '\x1b';
/** Escape sequences of ISO 2022 and HZ, which switch character sets within 7 bits; they are not decoded. */
const SWITCHES_CHARACTER_SETS = /\x1b\$[@A-DB(]|\x1b\([IJ]/;

/** Control characters that a text loses: stray ones, and the ^Z at the end of a DOS file. */
const STRAY_CONTROLS = /[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]/g;

/** In a damaged file there is at most one invalid byte for so many characters beyond ASCII. */
const CHARACTERS_PER_INVALID = 20;

/** A file with fewer valid sequences than this that is UTF-8 may be one in the encoding of the settings by chance. */
const MIN_SEQUENCES = 3;

/**
 * The text of `bytes` and the encoding it was in, or the reason why there is none. A byte order mark decides, then
 * strict UTF-8, the encoding of the settings, zeros in the right places for UTF-16 and UTF-32, UTF-8 with stray bytes,
 * what the file says of itself, and the statistics of the bytes beyond ASCII; whatever is chosen must decode without
 * errors, control characters or unassigned code points.
 * @param preferred the encoding that the settings name for this file
 */
export async function decode(
  bytes: Buffer,
  yielder: Yielder,
  preferred?: string,
): Promise<DecodedText | { readonly reason: string }> {
  const decoded = await decodeAny(bytes, yielder, preferred);
  return 'text' in decoded ? { ...decoded, text: decoded.text.replaceAll(STRAY_CONTROLS, '') } : decoded;
}

async function decodeAny(
  bytes: Buffer,
  yielder: Yielder,
  preferred: string | undefined,
): Promise<DecodedText | { readonly reason: string }> {
  const marked = markedEncoding(bytes);
  if (marked !== undefined) return decodeMarked(bytes, marked, yielder);
  if (preferred?.startsWith('utf-16')) {
    const text = await decodeAs(bytes, preferred, yielder);
    if (text !== undefined && isCleanText(text)) return { text, encoding: preferred };
  }
  if (bytes.includes(0)) return (await decodeWide(bytes, yielder)) ?? { reason: english`binary` };
  if (looksBinary(bytes.subarray(0, CHECKED_BYTES))) return { reason: english`binary` };

  const utf8 = await decodeAs(bytes, 'utf-8', yielder);
  const named = await decodeAsNamed(bytes, utf8, preferred, yielder);
  if (named !== undefined) return named;
  if (utf8 !== undefined) {
    if (utf8.includes(ESCAPE) && SWITCHES_CHARACTER_SETS.test(utf8))
      return { reason: english`encoding not supported` };
    return { text: utf8, encoding: 'utf-8' };
  }
  const damaged = await decodeDamagedUtf8(bytes, yielder);
  if (damaged !== undefined) return { text: damaged, encoding: 'utf-8' };
  return (
    (await decodeAsDeclared(bytes, yielder)) ??
    (await decodeByStatistics(bytes, yielder)) ?? { reason: english`encoding not recognised` }
  );
}

async function decodeMarked(
  bytes: Buffer,
  encoding: string,
  yielder: Yielder,
): Promise<DecodedText | { readonly reason: string }> {
  const reason = varyingReason('invalid', encoding);
  if (encoding === 'utf-8') {
    const text = (await decodeAs(bytes, encoding, yielder)) ?? (await decodeDamagedUtf8(bytes, yielder));
    return text === undefined ? { reason } : { text, encoding };
  }
  const bytesPerUnit = encoding.startsWith('utf-32') ? 4 : 2;
  const text = await decodeAs(wholeUnits(bytes, { encoding, bytesPerUnit }), encoding, yielder);
  return text === undefined ? { reason } : { text, encoding };
}

/** The text in the encoding of the settings, unless the bytes are not valid in it or clearly UTF-8. */
async function decodeAsNamed(
  bytes: Buffer,
  utf8: string | undefined,
  encoding: string | undefined,
  yielder: Yielder,
): Promise<DecodedText | undefined> {
  if (encoding === undefined || encoding === 'utf-8' || !iconv.encodingExists(encoding)) return undefined;
  if (utf8 !== undefined && !hasFewBeyondAscii(utf8)) return undefined;
  if (utf8?.length === bytes.length) return undefined;
  const text = await decodeAs(bytes, encoding, yielder);
  return text === undefined ? undefined : { text, encoding };
}

function hasFewBeyondAscii(text: string): boolean {
  const found = text.match(/[^\0-\x7f]/gu) ?? [];
  return found.length < MIN_SEQUENCES;
}

async function decodeAsDeclared(bytes: Buffer, yielder: Yielder): Promise<DecodedText | undefined> {
  const encoding = declaredEncoding(bytes);
  if (encoding === undefined || encoding === 'utf-8') return undefined;
  const text = await decodeAs(bytes, encoding, yielder);
  return text !== undefined && isCleanText(text) ? { text, encoding } : undefined;
}

async function decodeByStatistics(bytes: Buffer, yielder: Yielder): Promise<DecodedText | undefined> {
  const reading = await findLocalEncoding(bytes, yielder);
  if (yielder.isDue) await yielder.yield();
  if (reading === undefined) return undefined;
  const { start, end } = reading.skipped;
  const whole = bytes.subarray(start, bytes.length - end);
  for (const encoding of reading.encodings) {
    if (reading.isDamaged) {
      const damaged = decodeDamaged(whole, encoding);
      if (damaged !== undefined) return { text: damaged, encoding };
      continue;
    }
    const text = await decodeAs(whole, encoding, yielder);
    if (text !== undefined && isCleanText(text)) return { text, encoding };
  }
  return undefined;
}

/** The text with U+FFFD for the bytes that are not valid; undefined where these are not few. */
function decodeDamaged(bytes: Buffer, encoding: string): string | undefined {
  const text = iconv.decode(bytes, encoding);
  const beyond = text.match(/[^\0-\x7f]/g)?.length ?? 0;
  const invalid = text.match(/[\ufffd\x80-\x9f]/g)?.length ?? 0;
  return invalid * CHARACTERS_PER_INVALID <= beyond ? text : undefined;
}
