/** Escapes of one letter in a name that Git writes between quotes. */
const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/**
 * The file's name in a header of a unified diff, such as `b/a file.c` or `"b/gr\303\274n.c"` behind `+++ `. Git quotes
 * a name with special characters as in C, byte by byte in octal; other tools write a tab and the time behind it.
 */
export function nameIn(header: string): string {
  if (!header.startsWith('"')) return header.split('\t')[0];
  const bytes: number[] = [];
  const inside = /^"((?:\\.|[^"\\])*)/.exec(header)![1];
  for (const [found, octal, letter] of inside.matchAll(/\\([0-7]{1,3})|\\(.)|[^\\]+/g)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (letter !== undefined) bytes.push(ESCAPES[letter] ?? letter.charCodeAt(0));
    else bytes.push(...Buffer.from(found));
  }
  return Buffer.from(bytes).toString();
}
