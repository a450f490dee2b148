/** FNV-1a with 32 bits (Fowler, Noll and Vo, http://www.isthe.com/chongo/tech/comp/fnv/), over any units. */
export const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** The hash, a signed 32-bit integer, after one more unit; the first goes on from `FNV_OFFSET`. */
export function fnvStep(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, FNV_PRIME);
}

/** The hash of a text's UTF-16 units, from 0 to 2^32 - 1. */
export function fnvOf(text: string): number {
  let hash = FNV_OFFSET;
  for (let index = 0; index < text.length; index++) hash = fnvStep(hash, text.charCodeAt(index));
  return hash >>> 0;
}
