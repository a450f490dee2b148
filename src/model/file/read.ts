import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { UserFacingError } from '../../common/errors.ts';
import { message } from '../../common/localization/message.ts';
import { BLANK_CHECKSUM, findChecksum } from './checksum.ts';
import type { Model } from './layout.ts';
import { METADATA_NAME, NewerVersionError, parseMetadata } from './metadata.ts';
import type { Metadata } from './metadata.ts';
import { faultOf, parseTensorName, tensorShapes } from './tensor-names.ts';
import { addJointDecoder, hasOneDecoder, isOfJointDecoder } from './joint-decoder.ts';
import { headerLength, LENGTH_BYTES, parseHeader } from './safetensors.ts';
import type { Header } from './safetensors.ts';
import { isNotFound, sentenceForPath } from '../../common/system-errors.ts';
import { FormatError } from '../validate.ts';

/** Largest model file; the largest network with its moments is well below it. */
export const MAX_MODEL_BYTES = 2 * 2 ** 30;

/** Bytes that are read, hashed and checked at a time, so that the event loop is not blocked. */
const SLICE_BYTES = 2 ** 20;

/**
 * Reads and checks everything before allocating by it: sizes, dtypes, shapes, finite values, version, checksum.
 * @throws UserFacingError with one sentence naming the file and what is wrong with it.
 */
export async function readModel(path: string): Promise<Model> {
  let file: FileHandle | undefined;
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer for ever.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    return await readOpenModel(file, path);
  } catch (error) {
    throw userFacing(error, path);
  } finally {
    await file?.close();
  }
}

async function readOpenModel(file: FileHandle, path: string): Promise<Model> {
  const stats = await file.stat();
  if (stats.isDirectory()) {
    throw new UserFacingError(
      message`The path ${path} is a folder, so it cannot be read as a model; name a model file in it.`,
    );
  }
  if (!stats.isFile()) {
    throw new UserFacingError(
      message`The path ${path} is not a regular file, so it cannot be read as a model; name a model file.`,
    );
  }
  if (stats.size === 0) throw new FormatError(message`it is empty`);
  if (stats.size < LENGTH_BYTES) throw new FormatError(message`it is too short to be one`);
  if (stats.size > MAX_MODEL_BYTES) throw new FormatError(message`it is larger than any model (2 GiB)`);

  const reader = new Reader(file);
  const prefix = Buffer.alloc(LENGTH_BYTES);
  await reader.fill(prefix);
  const headerBytes = Buffer.alloc(headerLength(prefix, stats.size));
  await reader.fill(headerBytes);
  const header = parseHeader(headerBytes, stats.size - LENGTH_BYTES - headerBytes.length);
  const metadata = metadataOf(header);
  checkTensors(header, metadata);

  const hash = createHash('sha256');
  const position = findChecksum(headerBytes, metadata.checksum);
  headerBytes.write(BLANK_CHECKSUM, position, 'latin1');
  hash.update(prefix).update(headerBytes);
  const weights = new Map<string, Float32Array>();
  const moments = new Map<string, Float32Array>();
  const state = new Map<string, Float32Array>();
  const parts = { weights, moments, state };
  for (const [fullName, { begin, end }] of header.tensors) {
    const bytes = new Uint8Array(end - begin);
    for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
      const slice = bytes.subarray(at, at + SLICE_BYTES);
      await reader.fill(slice);
      hash.update(slice);
      const fault = faultOf(fullName, new Float32Array(slice.buffer, slice.byteOffset, slice.length / 4));
      if (fault !== undefined) throw new FormatError(fault);
    }
    const { part, name } = parseTensorName(fullName);
    parts[part].set(name, new Float32Array(bytes.buffer));
  }
  if (hash.digest('hex') !== metadata.checksum) {
    throw new FormatError(
      message`its checksum does not match: it was changed or damaged after it was written`,
    );
  }

  const { specification, vocabulary, training, optimizerSteps } = metadata;
  if (hasOneDecoder(specification, header.tensors)) [weights, moments].forEach(addJointDecoder);
  return {
    specification,
    vocabulary,
    weights,
    training,
    optimizer: optimizerSteps === null ? null : { steps: optimizerSteps, moments },
    state: state.size === 0 ? null : state,
  };
}

function metadataOf(header: Header): Metadata {
  const text = header.metadata.get(METADATA_NAME);
  if (text === undefined)
    throw new FormatError(message`it is a safetensors file without ${METADATA_NAME} metadata`);
  if (header.metadata.size > 1) throw new FormatError(message`its __metadata__ has unknown fields`);
  return parseMetadata(text);
}

/** The tensors must be those that the metadata calls for, no fewer and no more. */
function checkTensors(header: Header, metadata: Metadata): void {
  const streams = header.tensors.get('state.h')?.shape[1] ?? null;
  if (streams === 0) throw new FormatError(message`its carried state is of no streams`);
  const expected = tensorShapes(metadata.specification, {
    optimizer: metadata.optimizerSteps === null ? null : metadata.training.optimizer,
    streams,
  });
  const isOlder = hasOneDecoder(metadata.specification, header.tensors);
  for (const [name, shape] of expected) {
    if (isOlder && isOfJointDecoder(name)) continue;
    const entry = header.tensors.get(name);
    if (entry === undefined) throw new FormatError(message`the tensor ${name} is missing`);
    if (entry.shape.join() !== shape.join()) {
      throw new FormatError(
        message`the tensor ${name} has shape [${entry.shape.join()}] instead of [${shape.join()}]`,
      );
    }
  }
  for (const name of header.tensors.keys()) {
    if (!expected.has(name)) throw new FormatError(message`the tensor ${name} does not belong in it`);
  }
}

/** Reads a file from its beginning, piece by piece. */
class Reader {
  private readonly file: FileHandle;
  private position = 0;

  constructor(file: FileHandle) {
    this.file = file;
  }

  async fill(bytes: Uint8Array): Promise<void> {
    let done = 0;
    while (done < bytes.length) {
      const { bytesRead } = await this.file.read(bytes, done, bytes.length - done, this.position);
      if (bytesRead === 0) throw new FormatError(message`it became shorter while it was read`);
      done += bytesRead;
      this.position += bytesRead;
    }
  }
}

function userFacing(error: unknown, path: string): unknown {
  if (error instanceof FormatError) {
    return new UserFacingError(
      message`The file ${path} cannot be used as a model, because ${error.clause}; train it anew or replace it by an intact copy.`,
      { cause: error },
    );
  }
  if (error instanceof NewerVersionError) {
    return new UserFacingError(
      message`The model ${path} was made by a newer Char-RNN; update Char-RNN to use it.`,
      {
        cause: error,
      },
    );
  }
  if (error instanceof RangeError) {
    return new UserFacingError(
      message`The model ${path} needs more memory than there is; close other programs or use a smaller model.`,
      { cause: error },
    );
  }
  if (isNotFound(error)) {
    return new UserFacingError(
      message`There is no model file ${path}; train a model first or name another file.`,
      {
        cause: error,
      },
    );
  }
  return sentenceForPath(error, message`The model ${path} cannot be read`);
}
