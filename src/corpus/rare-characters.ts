import { isReasonOf, varyingReason } from './reasons.ts';
/**
 * What to say of characters that are too rare for a network to know.
 * @param share of the text, from 0 to 1
 * @param size of the vocabulary, in symbols
 */
export function rareCharactersReason(share: number, size: number): string {
  return varyingReason('rareCharacters', (100 * share).toFixed(1), size);
}

/** Whether `reason` is one of `rareCharactersReason`. */
export function isRareCharactersReason(reason: string): boolean {
  return isReasonOf(reason, 'rareCharacters');
}
