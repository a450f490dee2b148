import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { UserFacingError } from '../../common/errors.ts';
import { message } from '../../common/localization/message.ts';
import { BLANK_CHECKSUM, findBlankChecksum } from './checksum.ts';
import type { Model } from './layout.ts';
import { checkMetadata, encodeMetadata, METADATA_NAME } from './metadata.ts';
import { faultOf, parseTensorName, tensorShapes } from './tensor-names.ts';
import { replaceFile } from '../../common/atomic-file.ts';
import { encodeHeader } from './safetensors.ts';
import { sentenceForPath } from '../../common/system-errors.ts';

/** Values that are checked, hashed and written at a time, so that the event loop is not blocked. */
const SLICE_VALUES = 2 ** 18;

/**
 * Writes to a temporary file next to `path`, flushes it, and renames it over `path`. The model's arrays must not change
 * meanwhile.
 * @throws UserFacingError if the file cannot be written or a value is not finite. The old file is then intact.
 */
export async function writeModel(path: string, model: Model): Promise<void> {
  const { header, tensors } = layOut(model);
  try {
    await replaceFile(path, (file) => writeSealed(file, header, tensors));
  } catch (error) {
    throw sentenceForPath(error, message`The model ${path} cannot be saved`);
  }
}

/** Header with a blank checksum, and the tensors in the order of the file. Throws an `Error` on a faulty model. */
function layOut(model: Model): { header: Buffer; tensors: Map<string, Float32Array> } {
  const metadata = checkMetadata({
    specification: model.specification,
    vocabulary: model.vocabulary,
    training: model.training,
    optimizerSteps: model.optimizer?.steps ?? null,
    checksum: BLANK_CHECKSUM,
  });
  const { layers, units } = metadata.specification;
  const shapes = tensorShapes(metadata.specification, {
    optimizer: model.optimizer === null ? null : metadata.training.optimizer,
    streams: model.state === null ? null : (model.state.get('h')?.length ?? 0) / (layers * units),
  });
  const parts = { weights: model.weights, moments: model.optimizer?.moments, state: model.state };
  const tensors = new Map<string, Float32Array>();
  for (const [fullName, shape] of shapes) {
    const { part, name } = parseTensorName(fullName);
    const values = parts[part]?.get(name);
    if (values?.length !== shape.reduce((a, b) => a * b, 1)) {
      throw new Error(`the model's tensor ${fullName} is missing or not of shape [${shape.join()}]`);
    }
    tensors.set(fullName, values);
  }
  const given = model.weights.size + (model.optimizer?.moments.size ?? 0) + (model.state?.size ?? 0);
  if (given !== tensors.size)
    throw new Error('the model has tensors that its specification does not call for');
  return { header: encodeHeader({ [METADATA_NAME]: encodeMetadata(metadata) }, shapes), tensors };
}

/** Writes everything with a blank checksum, then overwrites it with the computed one. */
async function writeSealed(
  file: FileHandle,
  header: Buffer,
  tensors: ReadonlyMap<string, Float32Array>,
): Promise<void> {
  const hash = createHash('sha256');
  let position = 0;
  const append = async (bytes: Uint8Array): Promise<void> => {
    hash.update(bytes);
    position += await writeAll(file, bytes, position);
  };
  await append(header);
  for (const [name, values] of tensors) {
    for (let at = 0; at < values.length; at += SLICE_VALUES) {
      const slice = values.subarray(at, at + SLICE_VALUES);
      const fault = faultOf(name, slice);
      if (fault !== undefined) {
        throw new UserFacingError(
          message`The model was not saved, because training has diverged (${fault}); train it anew with a lower learning rate.`,
        );
      }
      await append(new Uint8Array(slice.buffer, slice.byteOffset, slice.byteLength));
    }
  }
  await writeAll(file, Buffer.from(hash.digest('hex')), findBlankChecksum(header));
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<number> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
  return done;
}
