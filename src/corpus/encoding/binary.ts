/** Text has at most one control character in so many bytes, besides a few strays. */
const BYTES_PER_CONTROL = 500;
const MAX_STRAY_CONTROLS = 2;
/** A shorter file with strays has at most one for so many bytes. */
const BYTES_PER_STRAY = 16;

/** By byte: 1 for control characters that text does not contain. */
const IS_CONTROL = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b) || byte === 0x7f ? 1 : 0,
);

/**
 * Whether bytes without zeros are no text all the same: too many control characters besides tab, line feed,
 * vertical tab, form feed, carriage return and escape. All encodings of text here keep these bytes for these
 * characters, except UTF-16 and UTF-32, which have zeros.
 */
export function looksBinary(bytes: Uint8Array): boolean {
  let controls = 0;
  for (let i = 0; i < bytes.length; i++) controls += IS_CONTROL[bytes[i]];
  if (controls * BYTES_PER_CONTROL <= bytes.length) return false;
  return controls > MAX_STRAY_CONTROLS || controls * BYTES_PER_STRAY > bytes.length;
}
