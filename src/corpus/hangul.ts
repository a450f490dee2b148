/*
 * Modern Hangul as conjoining jamo (Unicode, section 3.12): a syllable is a leading consonant, a vowel and, often,
 * a trailing consonant. Archaic jamo belong to no syllable that has a code point of its own.
 */

const SYLLABLE = /[\uac00-\ud7a3]+/g;
const JAMO = /[\u1100-\u11ff]+/g;
const LEADING = /^[\u1100-\u1112]$/;
const VOWEL = /^[\u1161-\u1175]$/;
const TRAILING = /^[\u11a8-\u11c2]$/;
const CONJOINING = /^[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]$/;
const ONE_SYLLABLE = /^[\uac00-\ud7a3]$/;

/** The part that a symbol can take in a syllable; `archaic` jamo belong to none. */
export type HangulRole = 'leading' | 'vowel' | 'trailing' | 'archaic' | 'other';

export function hangulRole(symbol: string): HangulRole {
  if (LEADING.test(symbol)) return 'leading';
  if (VOWEL.test(symbol)) return 'vowel';
  if (TRAILING.test(symbol)) return 'trailing';
  return CONJOINING.test(symbol) ? 'archaic' : 'other';
}

/** `text` with its Hangul syllables as jamo (the part of normalisation form D that concerns Hangul). */
export function decomposedHangul(text: string): string {
  return text.replace(SYLLABLE, (syllables) => syllables.normalize('NFD'));
}

/** `text` with its jamo as syllables, where they form some. */
export function composedHangul(text: string): string {
  return text.replace(JAMO, (jamo) => jamo.normalize('NFC'));
}

/** Whether a vocabulary writes Hangul in jamo: it has them, and no syllables. */
export function isOfJamo(symbols: readonly string[]): boolean {
  return (
    symbols.some((symbol) => LEADING.test(symbol)) && !symbols.some((symbol) => ONE_SYLLABLE.test(symbol))
  );
}
