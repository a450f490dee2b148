import { composedHangul, hangulRole } from '../../corpus/index.ts';

/**
 * A text that may be written in jamo, in syllables (normalisation form C): without one that breaks off at its
 * leading consonant, and nothing where the text goes on within the syllable before it, which stands as it is.
 */
export function wholeSyllables(text: string): string {
  const composed = composedHangul(text);
  const first = hangulRole(composed.charAt(0));
  if (first === 'vowel' || first === 'trailing') return '';
  return hangulRole(composed.slice(-1)) === 'leading' ? composed.slice(0, -1) : composed;
}
