/** Scripts whose letters do not stand in one word with letters of another script. */
const SCRIPTS = [
  ['latin', /\p{Script=Latin}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
  ['hebrew', /\p{Script=Hebrew}/u],
  ['arabic', /\p{Script=Arabic}/u],
  ['thai', /\p{Script=Thai}/u],
  ['east asian', /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u],
] as const;

const WORD_CHARACTER = /[\p{L}\p{M}]/u;
const BEYOND_ASCII = /[^\0-\x7f]/u;
/** Letters that only phonetics and a few languages use, and marks that stand by themselves. */
const RARE =
  /[\u0180-\u019f\u01a2-\u01ae\u01b1-\u0217\u021c-\u02ff\u0370-\u0373\u0376-\u037f\u0460-\u048f\u04c0-\u052f\u2c00-\u2dff\ua640-\ua97f\ufb00-\ufb06]|[ªº]/u;
/** Signs that stand within words: apostrophes, hyphens, the middle dot of Catalan, invisible joiners. */
const JOINS_WORD = /['’·\u00ad\u200c\u200d-]/;

/** Signs that stand right before or behind a word, besides joining ones. */
const TOUCHES_WORD =
  /(?![‹›])[\p{Pi}\p{Pf}\p{Ps}\p{Pe}\u2010-\u2015\u2026\u2116\u3000-\u303f\uff00-\uffef¡¿°²³¹½¼¾©®™«»„“”‚‘\u00a0·;،؛؟־]/u;

/** Lines and blocks of DOS, and those among them of which boxes mostly are. */
const BOX = /[\u2500-\u259f]/;
const STRAIGHT = /[─━═│║]/;

const HAN = /\p{Script=Han}/u;
const HANGUL_OR_NARROW = /\p{Script=Hangul}|[\uff66-\uff9f]/u;

/** Share of a letter of a rare kind in what a sign within a word counts. */
const RARE_WEIGHT = 0.7;
const CASE_WEIGHT = 0.8;

/**
 * Characters beyond ASCII, and how many of these are where they make no sense: signs within words, letters of several
 * scripts in one word, capitals behind small letters, letters that are next to never used.
 */
export function countImplausible(text: string): { readonly beyond: number; readonly odd: number } {
  const characters = [...text];
  let beyond = 0;
  let odd = 0;
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i];
    if (!BEYOND_ASCII.test(character)) continue;
    beyond++;
    const before = characters[i - 1] ?? ' ';
    const after = characters[i + 1] ?? ' ';
    if (WORD_CHARACTER.test(character)) odd += oddLetter(before, character, after);
    else if (BOX.test(character)) odd += isOddBox(before, character, after) ? 1 : 0;
    else if (!JOINS_WORD.test(character) && isOddSign(before, character, after)) odd++;
  }
  return { beyond, odd };
}

/** How odd a letter is between its neighbours, from 0 to 1. */
function oddLetter(before: string, letter: string, after: string): number {
  const script = scriptOf(letter);
  const isForeign = [before, after].some((neighbour) => {
    const other = WORD_CHARACTER.test(neighbour) ? scriptOf(neighbour) : undefined;
    return other !== undefined && script !== undefined && other !== script;
  });
  // Chinese and Japanese text has no spaces around words of other scripts.
  if (isForeign && script !== 'east asian') return 1;
  if (script === 'east asian' && (isMixed(before, letter) || isMixed(letter, after))) return 1;
  if (isSmall(before) && isCapital(letter)) return CASE_WEIGHT;
  if (isSmall(letter) && isCapital(after)) return CASE_WEIGHT;
  return RARE.test(letter) ? RARE_WEIGHT : 0;
}

/** Whether two East Asian letters are of kinds that one word does not have: Hangul and Han, Han and narrow katakana. */
function isMixed(one: string, other: string): boolean {
  return HAN.test(one + other) && HANGUL_OR_NARROW.test(one + other);
}

/** Lines and blocks go on as they are, or stand between spaces and letters. */
function isOddBox(before: string, box: string, after: string): boolean {
  const others = [before, after].filter((neighbour) => BOX.test(neighbour) && neighbour !== box);
  return others.some((other) => !STRAIGHT.test(other + box)) || isOfWord(before) || isOfWord(after);
}

function isOddSign(before: string, sign: string, after: string): boolean {
  const isBehindWord = isOfWord(before);
  const isBeforeWord = isOfWord(after);
  return (isBehindWord && isBeforeWord) || ((isBehindWord || isBeforeWord) && !TOUCHES_WORD.test(sign));
}

/** Whether signs are set off from this character, as they are not from those of Chinese and Japanese. */
function isOfWord(character: string): boolean {
  return WORD_CHARACTER.test(character) && scriptOf(character) !== 'east asian';
}

function scriptOf(character: string): string | undefined {
  return SCRIPTS.find(([, pattern]) => pattern.test(character))?.[0];
}

const isSmall = (character: string): boolean => /\p{Ll}/u.test(character);
const isCapital = (character: string): boolean => /\p{Lu}/u.test(character);
