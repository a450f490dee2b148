/** A hash or a key as hexadecimal digits, of 128 bits or more. */
const HEXADECIMAL = /(?<![0-9A-Za-z])(?:[0-9a-f]{32,}|[0-9A-F]{32,})(?![0-9A-Za-z])/g;
/** What base64, base62 and the like are written in. */
const LETTERS_AND_DIGITS = /[A-Za-z0-9+/]{16,}/g;
/** Parts of which words are made: capitalised or not, abbreviations, numbers. */
const PARTS = /[A-Z]?[a-z]+|[A-Z]+|\d+/g;

/** Parts of words are longer than this on average, those of random characters shorter. */
const SHORT_PART = 2.5;
/** With one case alone chance makes longer parts, so more characters are asked for. */
const SHORTEST_OF_ONE_CASE = 20;
/** A number of 64 bits with prefix and suffix. */
const LONGEST_NUMBER = 21;

/**
 * Whether a line has a long string in it that is not made of words: most often a key, a token or a hash, whatever
 * it is called, and in any case nothing that can be learnt. Linear in the line.
 */
export function hasRandomString(line: string): boolean {
  for (const [digits] of line.matchAll(HEXADECIMAL)) {
    if (/\d/.test(digits) && /[A-Fa-f]/.test(digits) && new Set(digits).size > 5) return true;
  }
  for (const [run] of line.matchAll(LETTERS_AND_DIGITS)) if (isRandomRun(run)) return true;
  return false;
}

function isRandomRun(run: string): boolean {
  if (!/\d/.test(run) || !/[A-Za-z]/.test(run)) return false;
  if (run.length <= LONGEST_NUMBER && /^0[xX]/.test(run)) return false;
  const bothCases = /[a-z]/.test(run) && /[A-Z]/.test(run);
  if (!bothCases && run.length < SHORTEST_OF_ONE_CASE) return false;
  const parts = run.match(PARTS)!;
  const letters = parts.reduce((sum, part) => sum + part.length, 0);
  return letters / parts.length < SHORT_PART && new Set(run).size > run.length / 4 && new Set(run).size > 8;
}
