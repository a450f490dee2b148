import { maskedCrc32c } from './crc32c.ts';
import { doubleField, floatField, integerField, messageField, stringField } from './protobuf.ts';

/*
 * TensorBoard's event files: TFRecords that hold messages of type Event. Numbers of fields are those of
 * event.proto, summary.proto, tensor.proto and types.proto in tensorflow/core (and in tensorboard/compat/proto).
 */

/** A point of a curve. */
export interface Scalar {
  readonly tag: string;
  readonly value: number;
}

/** Begins every event file. */
export function versionRecord(seconds: number): Buffer {
  return record([doubleField(1, seconds), stringField(3, 'brain.Event:2')]);
}

/** Tells readers to forget what earlier files say of `step` and later: training goes on from there. */
export function restartRecord(seconds: number, step: number): Buffer {
  const sessionStart = 1;
  return event(seconds, step, messageField(7, [integerField(1, sessionStart)]));
}

export function scalarsRecord(seconds: number, step: number, scalars: readonly Scalar[]): Buffer {
  const values = scalars.map(({ tag, value }) =>
    messageField(1, [stringField(1, tag), floatField(2, value)]),
  );
  return event(seconds, step, messageField(5, values));
}

/** A text for the plugin `text`, which shows it as Markdown. */
export function textRecord(seconds: number, step: number, tag: string, text: string): Buffer {
  const [dtString, tensorClass] = [7, 2];
  const oneValue = messageField(2, [messageField(2, [integerField(1, 1)])]);
  const tensor = messageField(8, [integerField(1, dtString), oneValue, stringField(8, text)]);
  const plugin = messageField(1, [stringField(1, 'text')]);
  const metadata = messageField(9, [plugin, integerField(4, tensorClass)]);
  return event(seconds, step, messageField(5, [messageField(1, [stringField(1, tag), metadata, tensor])]));
}

function event(seconds: number, step: number, what: Buffer): Buffer {
  return record([doubleField(1, seconds), integerField(2, step), what]);
}

/** A TFRecord: length (u64), its checksum, data, its checksum; little-endian. */
function record(fields: readonly Buffer[]): Buffer {
  const data = Buffer.concat(fields);
  const length = Buffer.alloc(12);
  length.writeBigUInt64LE(BigInt(data.length));
  length.writeUInt32LE(maskedCrc32c(length.subarray(0, 8)), 8);
  const end = Buffer.alloc(4);
  end.writeUInt32LE(maskedCrc32c(data));
  return Buffer.concat([length, data, end]);
}
