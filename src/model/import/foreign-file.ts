import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { message } from '../../common/localization/message.ts';
import { MAX_MODEL_BYTES } from '../file/read.ts';
import { headerLength, LENGTH_BYTES, parseHeader } from '../file/safetensors.ts';
import { FormatError } from '../validate.ts';

export interface ForeignTensor {
  readonly shape: readonly number[];
  /** The values in row-major order. */
  readonly values: Float32Array;
}

/** The contents of a safetensors file of another program. */
export interface ForeignFile {
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, ForeignTensor>;
}

/** 32-bit floats, and the two kinds of 16 bits that networks are stored in: IEEE half and bfloat16. */
const DTYPES = { F32: 4, F16: 2, BF16: 2 };

/** A file that is no larger is read at once: each reading waits for a pause of whatever else the thread does. */
const MAX_AT_ONCE_BYTES = 4 * 2 ** 20;

/**
 * Reads a safetensors file whose tensors are floats of 16 or 32 bits, as 32-bit ones.
 * @throws FormatError, or the system's error.
 */
export async function readForeignFile(path: string): Promise<ForeignFile> {
  // Without O_NONBLOCK, opening a named pipe would wait for a writer for ever.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new FormatError(message`it is not a regular file`);
    if (stats.size < LENGTH_BYTES) throw new FormatError(message`it is too short to be a safetensors file`);
    if (stats.size > MAX_MODEL_BYTES) throw new FormatError(message`it is larger than any model (2 GiB)`);
    const whole = stats.size <= MAX_AT_ONCE_BYTES ? await bytesAt(file, 0, stats.size) : undefined;
    const read = async (position: number, length: number): Promise<Buffer> =>
      whole?.subarray(position, position + length) ?? bytesAt(file, position, length);
    const prefix = await read(0, LENGTH_BYTES);
    const headerBytes = await read(LENGTH_BYTES, headerLength(prefix, stats.size));
    const dataBegin = LENGTH_BYTES + headerBytes.length;
    const header = parseHeader(headerBytes, stats.size - dataBegin, DTYPES);
    const tensors = new Map<string, ForeignTensor>();
    for (const [name, { dtype, shape, begin, end }] of header.tensors) {
      const values = floatsOf(await read(dataBegin + begin, end - begin), dtype);
      if (!values.every((value) => Number.isFinite(value))) {
        throw new FormatError(message`the tensor ${name} has values that are not finite numbers`);
      }
      tensors.set(name, { shape, values });
    }
    return { metadata: header.metadata, tensors };
  } finally {
    await file.close();
  }
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) throw new FormatError(message`it became shorter while it was read`);
    done += bytesRead;
  }
  return bytes;
}

function floatsOf(bytes: Buffer, dtype: string): Float32Array {
  if (dtype === 'F32')
    return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
  const bits = new Uint16Array(bytes.length / 2);
  for (let i = 0; i < bits.length; i++) bits[i] = bytes[2 * i] | (bytes[2 * i + 1] << 8);
  if (dtype === 'BF16') return new Float32Array(Uint32Array.from(bits, (b) => b << 16).buffer);
  const values = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) values[i] = halfToFloat(bits[i]);
  return values;
}

/** What one in the last bit of a fraction stands for, by exponent; of the last exponent, only infinity is a number. */
const HALF_UNITS = Float32Array.from({ length: 0x20 }, (_, exponent) => 2 ** (Math.max(exponent, 1) - 25));

/** The value of an IEEE 754 binary16. */
function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction : fraction + 0x400) * HALF_UNITS[exponent];
}
