import type { Yielder } from '../../common/yielder.ts';
import { decodeAs, PIECE_BYTES } from './decode-as.ts';
import { NOT_TEXT } from './not-text.ts';

/** An encoding of Unicode with more than one byte a character, as the zeros among the bytes show it. */
interface WideEncoding {
  readonly encoding: string;
  readonly bytesPerUnit: 2 | 4;
}

/**
 * The text of UTF-16 and UTF-32 without a byte order mark; undefined where the bytes are neither.
 * @param bytes with zeros among them; a unit that is cut at their end is dropped.
 */
export async function decodeWide(
  bytes: Buffer,
  yielder: Yielder,
): Promise<{ readonly text: string; readonly encoding: string } | undefined> {
  const wide = utf32Of(bytes) ?? utf16Of(bytes.subarray(0, PIECE_BYTES));
  if (wide === undefined) return undefined;
  const text = await decodeAs(wholeUnits(bytes, wide), wide.encoding, yielder);
  if (text === undefined || NOT_TEXT.test(text.slice(0, PIECE_BYTES))) return undefined;
  return { text, encoding: wide.encoding };
}

/** `bytes` without a unit, or the first half of a surrogate pair, that is cut at their end. */
export function wholeUnits(bytes: Buffer, { encoding, bytesPerUnit }: WideEncoding): Buffer {
  const end = bytes.length - (bytes.length % bytesPerUnit);
  if (bytesPerUnit === 4 || end === 0) return bytes.subarray(0, end);
  const last = encoding === 'utf-16le' ? bytes.readUInt16LE(end - 2) : bytes.readUInt16BE(end - 2);
  return bytes.subarray(0, (last & 0xfc00) === 0xd800 ? end - 2 : end);
}

/** Each unit of UTF-32 has a zero at one end and at most 0x10 beside it (code points end at 0x10FFFF). */
function utf32Of(bytes: Buffer): WideEncoding | undefined {
  const sample = bytes.subarray(0, PIECE_BYTES);
  const units = Math.floor(sample.length / 4);
  if (units < 2) return undefined;
  let isLittle = true;
  let isBig = true;
  for (let i = 0; i < units * 4 && (isLittle || isBig); i += 4) {
    isLittle &&= sample[i + 3] === 0 && sample[i + 2] <= 0x10;
    isBig &&= sample[i] === 0 && sample[i + 1] <= 0x10;
  }
  if (isLittle === isBig) return undefined;
  return { encoding: isLittle ? 'utf-32le' : 'utf-32be', bytesPerUnit: 4 };
}

/** The byte order in which spaces and line ends are found or, where there are none, most zeros. */
function utf16Of(sample: Buffer): WideEncoding | undefined {
  let [spacesLittle, spacesBig, zerosLittle, zerosBig] = [0, 0, 0, 0];
  for (let i = 0; i + 1 < sample.length; i += 2) {
    const [first, second] = [sample[i], sample[i + 1]];
    if (second === 0) {
      zerosLittle++;
      if (isSpace(first)) spacesLittle++;
    }
    if (first === 0) {
      zerosBig++;
      if (isSpace(second)) spacesBig++;
    }
  }
  const little = spacesLittle - spacesBig || zerosLittle - zerosBig;
  if (little === 0) return undefined;
  return { encoding: little > 0 ? 'utf-16le' : 'utf-16be', bytesPerUnit: 2 };
}

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
