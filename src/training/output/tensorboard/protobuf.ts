/*
 * The wire format of Protocol Buffers (https://protobuf.dev/programming-guides/encoding/), as far as event files
 * need it: a message is the bytes of its fields one behind the other.
 */

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/** A field of type int64, bool or enum. @param value a whole number from 0 to 2⁵³ - 1. */
export function integerField(number: number, value: number): Buffer {
  return Buffer.concat([tag(number, VARINT), varint(value)]);
}

export function doubleField(number: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([tag(number, FIXED64), bytes]);
}

export function floatField(number: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([tag(number, FIXED32), bytes]);
}

export function stringField(number: number, text: string): Buffer {
  return messageField(number, [Buffer.from(text)]);
}

/** A field that holds a message of `fields`. */
export function messageField(number: number, fields: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(fields);
  return Buffer.concat([tag(number, LENGTH_DELIMITED), varint(bytes.length), bytes]);
}

function tag(number: number, wireType: number): Buffer {
  return varint(number * 8 + wireType);
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  while (left >= 0x80) {
    bytes.push((left % 0x80) | 0x80);
    left = Math.floor(left / 0x80);
  }
  return Buffer.from([...bytes, left]);
}
