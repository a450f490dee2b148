/** How the client counts characters in a line (Language Server Protocol 3.17, `PositionEncodingKind`). */
export type PositionEncoding = 'utf-8' | 'utf-16' | 'utf-32';

/**
 * The encoding to count in: UTF-16 where the client knows it, as we count so ourselves, else the first that both know.
 * @param offered as the client lists them, the best first; every client knows UTF-16 where it lists none.
 */
export function negotiate(offered: readonly string[]): PositionEncoding {
  if (offered.includes('utf-16')) return 'utf-16';
  return offered.find((each) => each === 'utf-8' || each === 'utf-32') ?? 'utf-16';
}

/**
 * The UTF-16 unit of a line at which a character of the client begins. One that is beyond the end is the end; one within
 * a code point is its beginning.
 */
export function toUnits(line: string, character: number, encoding: PositionEncoding): number {
  if (encoding === 'utf-16') return Math.min(character, line.length);
  let units = 0;
  let counted = 0;
  for (const codePoint of line) {
    const size = sizeOf(codePoint, encoding);
    if (counted + size > character) break;
    counted += size;
    units += codePoint.length;
  }
  return units;
}

/** The client's character at a UTF-16 unit of a line. */
export function fromUnits(line: string, units: number, encoding: PositionEncoding): number {
  if (encoding === 'utf-16') return units;
  let counted = 0;
  for (const codePoint of line.slice(0, units)) counted += sizeOf(codePoint, encoding);
  return counted;
}

function sizeOf(codePoint: string, encoding: 'utf-8' | 'utf-32'): number {
  return encoding === 'utf-32' ? 1 : Buffer.byteLength(codePoint);
}
