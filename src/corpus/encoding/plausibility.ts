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

/** Next to nobody writes it; the euro sign has its place in ISO 8859-15. */
const CURRENCY_SIGN = '¤';

/** Share of a letter of a rare kind in what a sign within a word counts. */
const RARE_WEIGHT = 0.7;
const CASE_WEIGHT = 0.8;

/** What the rules ask of a character. */
interface Kind {
  readonly character: string;
  readonly isBeyondAscii: boolean;
  readonly isWord: boolean;
  readonly script: string | undefined;
  readonly isSmall: boolean;
  readonly isCapital: boolean;
  readonly isBox: boolean;
}

/** Kinds by character, because a text has few different ones and is read in some thirty encodings. */
const kinds = new Map<string, Kind>();

function kindOf(character: string): Kind {
  const known = kinds.get(character);
  if (known !== undefined) return known;
  const isWord = WORD_CHARACTER.test(character);
  const kind: Kind = {
    character,
    isBeyondAscii: BEYOND_ASCII.test(character),
    isWord,
    script: isWord ? SCRIPTS.find(([, pattern]) => pattern.test(character))?.[0] : undefined,
    isSmall: /\p{Ll}/u.test(character),
    isCapital: /\p{Lu}/u.test(character),
    isBox: BOX.test(character),
  };
  kinds.set(character, kind);
  return kind;
}

/**
 * Characters beyond ASCII, and how many of these are where they make no sense: signs within words, letters of several
 * scripts in one word, capitals behind small letters, letters that are next to never used.
 */
export function countImplausible(text: string): { readonly beyond: number; readonly odd: number } {
  const characters = [...text];
  const space = kindOf(' ');
  let beyond = 0;
  let odd = 0;
  let before = space;
  let kind = kindOf(characters[0] ?? ' ');
  for (let i = 0; i < characters.length; i++) {
    const after = i + 1 < characters.length ? kindOf(characters[i + 1]) : space;
    if (kind.isBeyondAscii) {
      beyond++;
      odd += oddness(before, kind, after);
    }
    before = kind;
    kind = after;
  }
  return { beyond, odd };
}

/** How odd a character beyond ASCII is between its neighbours, from 0 to 1. */
function oddness(before: Kind, kind: Kind, after: Kind): number {
  if (kind.isWord) return oddLetter(before, kind, after);
  if (kind.isBox) return isOddBox(before, kind, after) ? 1 : 0;
  if (kind.character === CURRENCY_SIGN) return 1;
  return !JOINS_WORD.test(kind.character) && isOddSign(before, kind.character, after) ? 1 : 0;
}

function oddLetter(before: Kind, letter: Kind, after: Kind): number {
  const { script } = letter;
  const isForeign = [before, after].some(
    (other) => other.script !== undefined && script !== undefined && other.script !== script,
  );
  // Chinese and Japanese text has no spaces around words of other scripts.
  if (isForeign && script !== 'east asian') return 1;
  if (script === 'east asian' && (isMixed(before, letter) || isMixed(letter, after))) return 1;
  if (before.isSmall && letter.isCapital) return CASE_WEIGHT;
  if (letter.isSmall && after.isCapital) return CASE_WEIGHT;
  return RARE.test(letter.character) ? RARE_WEIGHT : 0;
}

/** Whether two East Asian letters are of kinds that one word does not have: Hangul and Han, Han and narrow katakana. */
function isMixed(one: Kind, other: Kind): boolean {
  const both = one.character + other.character;
  return HAN.test(both) && HANGUL_OR_NARROW.test(both);
}

/** Lines and blocks go on as they are, or stand between spaces and letters. */
function isOddBox(before: Kind, box: Kind, after: Kind): boolean {
  const others = [before, after].filter(({ isBox, character }) => isBox && character !== box.character);
  return (
    others.some(({ character }) => !STRAIGHT.test(character + box.character)) ||
    isOfWord(before) ||
    isOfWord(after)
  );
}

function isOddSign(before: Kind, sign: string, after: Kind): boolean {
  const isBehindWord = isOfWord(before);
  const isBeforeWord = isOfWord(after);
  return (isBehindWord && isBeforeWord) || ((isBehindWord || isBeforeWord) && !TOUCHES_WORD.test(sign));
}

/** Whether signs are set off from this character, as they are not from those of Chinese and Japanese. */
function isOfWord({ isWord, script }: Kind): boolean {
  return isWord && script !== 'east asian';
}
