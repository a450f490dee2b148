/** Byte order marks (The Unicode Standard, section 23.8); UTF-32's are before UTF-16's, as one begins with the other. */
const BYTE_ORDER_MARKS: readonly { readonly encoding: string; readonly bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-32le', bytes: [0xff, 0xfe, 0, 0] },
  { encoding: 'utf-32be', bytes: [0, 0, 0xfe, 0xff] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

/** The encoding that a byte order mark at the beginning of `bytes` names, if there is one. */
export function markedEncoding(bytes: Uint8Array): string | undefined {
  return BYTE_ORDER_MARKS.find(({ bytes: mark }) => mark.every((byte, i) => bytes[i] === byte))?.encoding;
}
