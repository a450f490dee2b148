import {
  DESCRIPTIVE,
  DESCRIPTIVE_BEGINNINGS,
  KEY_OWNERS,
  NAME_WORDS,
  NEUTRAL_ENDINGS,
  PASS_OWNERS,
  TEXT_TOKEN_OWNERS,
  TOKEN_OWNERS,
} from './name-words.ts';
import type { NameWord } from './name-words.ts';
import type { Keyword } from './rule.ts';

/**
 * How much a name says about its value: `strong` ones are given credentials, `weak` ones have other meanings too, so
 * that only a value which is not plain words counts, and with `descriptive` ones (`tokenType`, `password_file`) only
 * a value that looks random.
 */
export type NameStrength = 'strong' | 'weak' | 'descriptive';

/** A name in a line that says its value is a credential. */
export interface CredentialName {
  /** The whole identifier or dotted path, as [start, end) in the line. */
  readonly start: number;
  readonly end: number;
  readonly words: readonly string[];
  readonly strength: NameStrength;
}

/** A name is at most so long on either side of the word that gives it away. */
const MAX_SIDE = 80;
/** Enumeration members and the like of a grammar: `Token.String.Symbol` is no token itself. */
const TOKEN_OF_GRAMMAR = /^(?:\w+\.)*tokens?\.(?=\w)/i;
const NAME_CHARACTER = /[\p{L}\p{M}\p{N}_$@.-]/u;
const IS_ASCII_NAME = Uint8Array.from({ length: 0x80 }, (_, unit) =>
  NAME_CHARACTER.test(String.fromCharCode(unit)) ? 1 : 0,
);

const SEPARATOR = '[-_. ]?';
const byLength = (a: string, b: string): number => b.length - a.length;

/** Words too short to be looked for inside others. */
const STANDING_ALONE = new Set(['pw', 'pin', 'mdp']);
/** Words that depend on the one before, see `nounAt`. */
const CONDITIONAL: readonly { readonly hint: string; readonly keyword: Keyword }[] = [
  { hint: '[a-z][-_ ]salt\\b', keyword: { text: 'salt', guard: /salt\b/i } },
  { hint: '[a-z][-_. ]?keys?(?![a-z])', keyword: { text: 'key', guard: /keys?(?![a-z])/i } },
];

function hintOf({ text }: NameWord): string {
  const source = text.replaceAll(' ', SEPARATOR);
  return STANDING_ALONE.has(text) ? `(?<![a-z])${source}(?![a-z])` : source;
}

const HINT = new RegExp(
  [...CONDITIONAL.map(({ hint }) => hint), ...NAME_WORDS.map(hintOf).sort(byLength)].join('|'),
  'gi',
);

/** What a line must hold for `credentialNames` to find a name in it, built from the words above. */
export const NAME_KEYWORDS: readonly Keyword[] = [
  ...CONDITIONAL.map(({ keyword }) => keyword),
  ...NAME_WORDS.map(keywordOf),
];

function keywordOf(word: NameWord): Keyword {
  const { text } = word;
  if (!text.includes(' ') && !STANDING_ALONE.has(text)) return text;
  return { text: text.split(' ')[0], guard: new RegExp(hintOf(word), 'i') };
}

const PART = new RegExp(
  NAME_WORDS.filter(({ match, text }) => match === 'part' && !text.includes(' '))
    .map(({ text }) => folded(text))
    .join('|'),
);
const END = new RegExp(
  `(?:${NAME_WORDS.filter(({ match }) => match === 'end')
    .map(({ text }) => text)
    .join('|')})\\d*$`,
);
const WHOLE = new Map(
  NAME_WORDS.filter(({ match, text }) => match === 'whole' && !text.includes(' ')).map(
    ({ text, strength }) => [folded(text), strength],
  ),
);
/** Names of several words, by the first. */
const SEQUENCES = new Map<
  string,
  { readonly parts: readonly string[]; readonly strength: NameWord['strength'] }[]
>();
for (const { text, strength } of NAME_WORDS) {
  const parts = text.split(' ').map(folded);
  if (parts.length > 1) SEQUENCES.set(parts[0], [...(SEQUENCES.get(parts[0]) ?? []), { parts, strength }]);
}

/** All names of credentials in a line, from left to right; linear in the line. */
export function* credentialNames(line: string): Generator<CredentialName> {
  let searched = 0;
  for (const hint of line.matchAll(HINT)) {
    if (hint.index < searched) continue;
    let start = hint.index;
    while (start > searched && hint.index - start < MAX_SIDE && isInName(line, start - 1)) start--;
    let end = hint.index + hint[0].length;
    while (end < line.length && end - hint.index < MAX_SIDE && isInName(line, end)) end++;
    // In `token->kind` the dash belongs to the arrow, and a sentence ends in a full stop.
    while (end > start && /[-.]/.test(line[end - 1])) end--;
    searched = end;
    const words = wordsOf(line.slice(start, end).replace(TOKEN_OF_GRAMMAR, ''));
    const strength = strengthOf(words);
    if (strength !== undefined) yield { start, end, words, strength };
  }
}

function isInName(line: string, index: number): boolean {
  const unit = line.charCodeAt(index);
  return unit < 0x80 ? IS_ASCII_NAME[unit] === 1 : NAME_CHARACTER.test(line[index]);
}

/** The words of an identifier, in lower case: `clientSecret`, `client_secret` and `CLIENT-SECRET` are alike. */
export function wordsOf(name: string): string[] {
  if (/^[a-z]+$/.test(name)) return [name];
  return name
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Whether a word is what credentials are called, in any of the languages: `secret`, unlike `mysecret123`. */
export function isCredentialNoun(word: string): boolean {
  const plain = folded(word);
  return WHOLE.has(plain) || NOUNS.has(plain);
}

const NOUNS = new Set(
  [
    ...NAME_WORDS.filter(({ match, text }) => match !== 'whole' && !text.includes(' ')).map(({ text }) =>
      folded(text),
    ),
    ...[...SEQUENCES.values()].flat().flatMap(({ parts }) => parts),
    ...'passwords passphrases secrets credentials apikeys accesskeys privatekeys authtoken accesstoken refreshtoken'.split(
      ' ',
    ),
    ...'csrftoken xsrftoken authtokens пароль пароля пароли парола паролата κωδικος סיסמה סיסמא'.split(' '),
  ].map(folded),
);

/** Without accents, which keyboards and identifiers often lack. */
function folded(word: string): string {
  if (!/[^\0-\x7f]/.test(word)) return word;
  return word
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('ı', 'i');
}

/** What the words of a name say, or undefined where it names no credential. */
function strengthOf(given: readonly string[]): NameStrength | undefined {
  const name = given.map(folded);
  let noun = -1;
  let strength: NameWord['strength'] | undefined;
  for (let i = 0; i < name.length; i++) {
    const found = nounAt(name, i);
    if (found === undefined) continue;
    noun = Math.max(noun, i + found.length - 1);
    strength = strength === 'strong' || found.strength === 'strong' ? 'strong' : 'weak';
  }
  if (strength === undefined || name.includes('public')) return undefined;
  const last = name.at(-1) ?? '';
  if (DESCRIPTIVE.has(last) || DESCRIPTIVE_BEGINNINGS.has(name[0]) || isTextToken(name)) return 'descriptive';
  const rest = name.slice(noun + 1);
  if (rest.some((word) => DESCRIPTIVE.has(word))) return 'descriptive';
  return rest.every((word) => NEUTRAL_ENDINGS.has(word) || /^\d+$/.test(word)) ? strength : 'weak';
}

/** The words from index `i` on that are called like a credential: how many, and how surely. */
function nounAt(
  name: readonly string[],
  i: number,
): { length: number; strength: NameWord['strength'] } | undefined {
  const word = name[i];
  const before = i > 0 ? name[i - 1] : '';
  for (const { parts, strength } of SEQUENCES.get(word) ?? []) {
    if (parts.every((part, k) => name[i + k] === part)) return { length: parts.length, strength };
  }
  if (PART.test(word) && !word.startsWith('secretar')) return { length: 1, strength: 'strong' };
  if (/^tokens?\d*$/.test(word)) return { length: 1, strength: TOKEN_OWNERS.has(before) ? 'strong' : 'weak' };
  if (END.test(word)) return { length: 1, strength: 'strong' };
  if (word === 'pass') return passAt(name, i);
  if (word === 'auth') return i === name.length - 1 ? { length: 1, strength: 'weak' } : undefined;
  if (word === 'salt') return i > 0 ? { length: 1, strength: 'strong' } : undefined;
  if (/^keys?\d*$/.test(word)) return KEY_OWNERS.has(before) ? { length: 1, strength: 'strong' } : undefined;
  const strength = WHOLE.get(word.replace(/\d+$/, ''));
  return strength && { length: 1, strength };
}

/** `pass` alone, or in a name that speaks of one of its owners; not in `renderPass`. */
function passAt(name: readonly string[], i: number): ReturnType<typeof nounAt> {
  if (i > 0 && PASS_OWNERS.has(name[i - 1])) return { length: 1, strength: 'strong' };
  const isOwned = name.slice(0, i).some((word) => PASS_OWNERS.has(word));
  return name.length === 1 || isOwned ? { length: 1, strength: 'weak' } : undefined;
}

const isTextToken = (name: readonly string[]): boolean =>
  name.some((word, i) => /^tokens?\d*$/.test(word) && i > 0 && TEXT_TOKEN_OWNERS.has(name[i - 1]));
