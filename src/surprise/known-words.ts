const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

export interface Neighbour {
  readonly word: string;
  readonly frequency: number;
}

/**
 * The most frequent known word that is one typing error away: a letter left out, doubled, swapped with the next or
 * replaced (Damerau, A technique for computer detection and correction of spelling errors, 1964).
 * @param frequency of a word; 0 for one that is not known
 * @returns undefined where there is none
 */
export function nearestWord(word: string, frequency: (word: string) => number): Neighbour | undefined {
  let best: string | undefined;
  let largest = 0;
  const consider = (other: string): void => {
    const found = frequency(other);
    if (found > largest && other !== word) {
      largest = found;
      best = other;
    }
  };
  const letters = lettersFor(word);
  for (let i = 0; i <= word.length; i++) {
    const before = word.slice(0, i);
    const after = word.slice(i);
    if (i < word.length) consider(before + after.slice(1));
    if (i + 1 < word.length) consider(before + after[1] + after[0] + after.slice(2));
    for (const letter of letters) {
      consider(before + letter + after);
      if (i < word.length) consider(before + letter + after.slice(1));
    }
  }
  return best === undefined ? undefined : { word: best, frequency: largest };
}

/** What may be missing in a word: letters of its own case, and digits where it has some. */
function lettersFor(word: string): string {
  const lower = /\p{Ll}/u.test(word) ? LETTERS : '';
  const upper = /\p{Lu}/u.test(word) ? LETTERS.toUpperCase() : '';
  return `${lower}${upper}${/\p{N}/u.test(word) ? DIGITS : ''}_`;
}

/** Parts of a word as its writer joined them: `readNext_lineHTML5` is read, Next, line, HTML, 5. */
export function partsOf(word: string): string[] {
  return word.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}]+|\p{N}+/gu) ?? [];
}
