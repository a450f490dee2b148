const BEYOND_VOCABULARY = 'of the text are characters beyond the';

/**
 * What to say of characters that are too rare for a network to know.
 * @param share of the text, from 0 to 1
 * @param size of the vocabulary, in symbols
 */
export function rareCharactersReason(share: number, size: number): string {
  return `${(100 * share).toFixed(1)} % ${BEYOND_VOCABULARY} ${size} that the network knows`;
}

/** Whether `reason` is one of `rareCharactersReason`. */
export function isRareCharactersReason(reason: string): boolean {
  return reason.includes(BEYOND_VOCABULARY);
}
