import { TextDecoder } from 'node:util';
import type { Yielder } from '../../common/yielder.ts';
import { PIECE_BYTES } from './decode-as.ts';

/** Bytes in valid sequences are more than this many times the stray ones in UTF-8 that is damaged. */
const MIN_VALID_PER_STRAY = 2;
/** What a stray byte counts that touches others beyond ASCII, as all do in words of another encoding. */
const TOUCHING_STRAY = 4;

/**
 * The text of bytes that are UTF-8 but for some: a character cut at either end, which is dropped, and stray bytes,
 * which become U+FFFD. Pairs of encoded surrogates (CESU-8, Unicode Technical Report 26) become their character.
 * Other encodings have next to no sequences that are valid here.
 * @returns undefined where the bytes are in another encoding.
 */
export async function decodeDamagedUtf8(bytes: Buffer, yielder: Yielder): Promise<string | undefined> {
  const whole = withoutCutCharacters(joinSurrogates(bytes));
  const { valid, stray } = await countSequences(whole, yielder);
  if (valid <= stray * MIN_VALID_PER_STRAY) return undefined;
  const decoder = new TextDecoder('utf-8');
  const parts: string[] = [];
  for (let start = 0; start < whole.length; start += PIECE_BYTES) {
    parts.push(decoder.decode(whole.subarray(start, start + PIECE_BYTES), { stream: true }));
    if (yielder.isDue) await yielder.yield();
  }
  parts.push(decoder.decode());
  return parts.join('');
}

/** Bytes beyond ASCII that are part of a valid sequence, and the weight of those that are not. */
async function countSequences(
  bytes: Buffer,
  yielder: Yielder,
): Promise<{ readonly valid: number; readonly stray: number }> {
  let valid = 0;
  let stray = 0;
  let checked = 0;
  for (let i = 0; i < bytes.length;) {
    if (i - checked > PIECE_BYTES) {
      checked = i;
      if (yielder.isDue) await yielder.yield();
    }
    if (bytes[i] < 0x80) {
      i++;
      continue;
    }
    const length = sequenceLength(bytes, i);
    if (length === 0) stray += bytes[i - 1] >= 0x80 || bytes[i + 1] >= 0x80 ? TOUCHING_STRAY : 1;
    else valid += length;
    i += length || 1;
  }
  return { valid, stray };
}

/** Bytes of the sequence beyond ASCII at `start`, 0 where it is not valid (The Unicode Standard, table 3-7). */
function sequenceLength(bytes: Uint8Array, start: number): number {
  const length = expectedLength(bytes[start]);
  if (length === 0 || start + length > bytes.length) return 0;
  for (let i = 1; i < length; i++) if (!isContinuation(bytes[start + i])) return 0;
  const [first, second] = [bytes[start], bytes[start + 1]];
  const isOutside =
    (first === 0xe0 && second < 0xa0) ||
    (first === 0xed && second > 0x9f) ||
    (first === 0xf0 && second < 0x90) ||
    (first === 0xf4 && second > 0x8f);
  return isOutside ? 0 : length;
}

function expectedLength(first: number): number {
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;

/** `bytes` without the end of a character that begins before them, and the beginning of one that ends behind them. */
function withoutCutCharacters(bytes: Buffer): Buffer {
  let start = 0;
  while (start < 3 && start < bytes.length && isContinuation(bytes[start])) start++;
  let lead = bytes.length - 1;
  while (lead > start && lead > bytes.length - 4 && isContinuation(bytes[lead])) lead--;
  const isCut = lead >= start && expectedLength(bytes[lead]) > bytes.length - lead;
  return bytes.subarray(start, isCut ? lead : bytes.length);
}

/** Replaces two surrogates of three bytes each by the four bytes of their character. */
function joinSurrogates(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let end = 0;
  for (let i = bytes.indexOf(0xed); i !== -1; i = bytes.indexOf(0xed, i + 1)) {
    const high = surrogateAt(bytes, i, 0xa0);
    const low = surrogateAt(bytes, i + 3, 0xb0);
    if (high === undefined || low === undefined) continue;
    const character = String.fromCodePoint(0x1_0000 + ((high & 0x3ff) << 10) + (low & 0x3ff));
    parts.push(bytes.subarray(end, i), Buffer.from(character));
    end = i + 6;
    i = end - 1;
  }
  return end === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(end)]);
}

/** The surrogate encoded at `start` whose second byte is one of the 16 from `second`, if there is one. */
function surrogateAt(bytes: Buffer, start: number, second: 0xa0 | 0xb0): number | undefined {
  if (bytes[start] !== 0xed || (bytes[start + 1] & 0xf0) !== second || !isContinuation(bytes[start + 2]))
    return undefined;
  return 0xd000 | ((bytes[start + 1] & 0x3f) << 6) | (bytes[start + 2] & 0x3f);
}
