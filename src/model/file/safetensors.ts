import { message } from '../../common/localization/message.ts';
import { parseStrictJson } from './strict-json.ts';
import { FormatError, fieldsOf, integerOf, listOf } from '../validate.ts';

/*
 * The safetensors format (https://github.com/huggingface/safetensors, "Format"); model files have f32 tensors alone:
 *
 *   0      N: length of the header in bytes, u64 little-endian
 *   8      header: a JSON object, padded with spaces so that the data is aligned to 8 bytes
 *            "__metadata__": an object of texts
 *            name: {"dtype": "F32", "shape": […], "data_offsets": [begin, end]}, offsets into the data
 *   8 + N  data: the tensors one behind the other without gaps, row-major, little-endian
 */

export const LENGTH_BYTES = 8;

/** Far above what the largest vocabulary and the longest training record need. */
export const MAX_HEADER_BYTES = 2 * 2 ** 20;

const MAX_DEPTH = 4;

/** Bytes per value by the name of the type. */
export type Dtypes = Readonly<Record<string, number>>;

const F32_ONLY: Dtypes = { F32: 4 };

export interface TensorEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** The range [begin, end) of bytes in the data. */
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  readonly metadata: ReadonlyMap<string, string>;
  /** Tensors in the order of their data. */
  readonly tensors: ReadonlyMap<string, TensorEntry>;
}

/** Length field and header of a file whose data has the tensors in the order given. */
export function encodeHeader(
  metadata: Readonly<Record<string, string>>,
  shapes: ReadonlyMap<string, readonly number[]>,
): Buffer {
  let offset = 0;
  const entries: [string, unknown][] = [['__metadata__', metadata]];
  for (const [name, shape] of shapes) {
    const end = offset + 4 * sizeOf(shape);
    entries.push([name, { dtype: 'F32', shape, data_offsets: [offset, end] }]);
    offset = end;
  }
  const json = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const header = Buffer.alloc(LENGTH_BYTES + Math.ceil(json.length / 8) * 8, ' ');
  header.writeBigUInt64LE(BigInt(header.length - LENGTH_BYTES));
  json.copy(header, LENGTH_BYTES);
  return header;
}

/**
 * Length of the header in bytes.
 * @param field the first 8 bytes of a file of `fileSize` bytes.
 * @throws FormatError when a header of that length is impossible.
 */
export function headerLength(field: Buffer, fileSize: number): number {
  const length = field.readBigUInt64LE();
  if (length > BigInt(fileSize - LENGTH_BYTES))
    throw new FormatError(message`its header would end beyond its end`);
  if (length > BigInt(MAX_HEADER_BYTES))
    throw new FormatError(message`its header would be longer than any model needs`);
  return Number(length);
}

/**
 * @param bytes the header without its length field.
 * @param dataBytes bytes of the file behind the header, which the tensors must fill exactly.
 * @param dtypes which types tensors may have.
 * @throws FormatError
 */
export function parseHeader(bytes: Uint8Array, dataBytes: number, dtypes: Dtypes = F32_ONLY): Header {
  if (bytes[0] !== 0x7b) throw new FormatError(message`its header is not a JSON object`);
  const header = new Map(Object.entries(parseStrictJson(decodeUtf8(bytes), MAX_DEPTH) as object));
  const metadata = metadataOf(header.get('__metadata__') ?? {});
  header.delete('__metadata__');

  const entries = [...header].map(([name, value]) => [name, tensorEntryOf(name, value, dtypes)] as const);
  entries.sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  let offset = 0;
  for (const [name, { begin, end }] of entries) {
    if (begin !== offset)
      throw new FormatError(message`the tensor ${name} does not follow the one before it`);
    offset = end;
  }
  if (offset !== dataBytes) {
    throw new FormatError(message`it has ${dataBytes} bytes of tensors where its header describes ${offset}`);
  }
  return { metadata, tensors: new Map(entries) };
}

function metadataOf(value: unknown): Map<string, string> {
  const metadata = new Map<string, string>();
  if (typeof value !== 'object' || value === null)
    throw new FormatError(message`__metadata__ must be an object`);
  for (const [name, text] of Object.entries(value)) {
    if (typeof text !== 'string') throw new FormatError(message`${name} of __metadata__ must be a text`);
    metadata.set(name, text);
  }
  return metadata;
}

function tensorEntryOf(name: string, value: unknown, dtypes: Dtypes): TensorEntry {
  const fields = fieldsOf(value, `the tensor ${name}`, ['dtype', 'shape', 'data_offsets']);
  const dtype = fields.get('dtype');
  if (typeof dtype !== 'string' || !Object.hasOwn(dtypes, dtype)) {
    const allowed = dtypes === F32_ONLY ? '32-bit floats (F32)' : Object.keys(dtypes).join(', ');
    throw new FormatError(message`the tensor ${name} is not of ${allowed}`);
  }
  const shape = listOf(fields.get('shape'), `the shape of ${name}`).map((dimension) =>
    integerOf(dimension, `a dimension of ${name}`),
  );
  const offsets = listOf(fields.get('data_offsets'), `data_offsets of ${name}`);
  const begin = integerOf(offsets[0], `an offset of ${name}`);
  const end = integerOf(offsets[1], `an offset of ${name}`);
  if (offsets.length !== 2 || end - begin !== dtypes[dtype] * sizeOf(shape)) {
    throw new FormatError(message`the shape of the tensor ${name} does not match its length`);
  }
  return { dtype, shape, begin, end };
}

/** Number of values of a shape. It is not exact beyond 2⁵³, where it is larger than any file. */
function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FormatError(message`its header is not UTF-8 text`);
  }
}
