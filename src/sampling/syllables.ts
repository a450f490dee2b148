import { hangulRole } from '../corpus/index.ts';
import type { HangulRole, Vocabulary } from '../corpus/index.ts';

/**
 * Prevents broken syllables of a network that writes Hangul in jamo: a leading consonant must be followed by a vowel,
 * and vowels and trailing consonants occur only in a syllable.
 */
export class SyllableRules {
  private readonly roles: readonly HangulRole[];
  /** Whether the vocabulary has vowels; without any, a leading consonant could not be followed by one. */
  private readonly hasVowels: boolean;
  private last: HangulRole = 'other';

  constructor(vocabulary: Vocabulary) {
    this.roles = vocabulary.symbols.map(hangulRole);
    this.hasVowels = this.roles.includes('vowel');
  }

  /** Sets the logits [V] of symbols that must not come next to -Infinity. */
  forbid(logits: Float32Array): void {
    for (let id = 0; id < this.roles.length; id++)
      if (!this.mayFollow(this.roles[id])) logits[id] = -Infinity;
  }

  /** Whether the symbol begins a character rather than going on with one. */
  begins(symbol: number): boolean {
    return this.roles[symbol] !== 'vowel' && this.roles[symbol] !== 'trailing';
  }

  add(symbol: number): void {
    this.last = this.roles[symbol];
  }

  private mayFollow(role: HangulRole): boolean {
    switch (role) {
      case 'leading':
        return this.last !== 'leading' && this.hasVowels;
      case 'vowel':
        return this.last === 'leading';
      case 'trailing':
        return this.last === 'vowel';
      case 'archaic':
        return false;
      case 'other':
        return this.last !== 'leading';
    }
  }
}
