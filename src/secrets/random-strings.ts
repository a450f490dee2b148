import { searchBase85, searchRun } from './prefilter/runs.ts';

/** Hexadecimal digits of 128 bits or more, perhaps behind `0x`. */
const HEXADECIMAL = /(?<![0-9A-Za-z])(0[xX])?([0-9a-f]{32,}|[0-9A-F]{32,})(?![0-9A-Za-z])/g;
/** With `0x` before them, shorter ones are numbers, addresses and masks. */
const MIN_PREFIXED_DIGITS = 64;
/** Digits of common hash functions: MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512. */
const DIGEST_DIGITS = new Set([32, 40, 56, 64, 96, 128]);
const COMMIT_DIGITS = 40;

const MIN_RUN = 16;
/** What base64, base62 and the like are written in. */
const LETTERS_AND_DIGITS = new RegExp(`[A-Za-z0-9+/]{${MIN_RUN},}`, 'g');
/** The same with the alphabet for addresses, where dashes may separate words too. */
const ADDRESS_ALPHABET = /[A-Za-z0-9_-]{32,}/g;
const UUID = /^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}/;

/** Parts of which words are made: capitalised or not, abbreviations, numbers. */
const PARTS = /[A-Z]?[a-z]+|[A-Z]+|\d+/g;
/** Parts of words are longer than this on average, those of random characters shorter. */
const MAX_PART = 2.5;
/** With one case alone chance makes longer parts, so more characters are asked for. */
const MIN_OF_ONE_CASE = 20;
/** From so many characters on, averages vary little. */
const LONG_RUN = 40;
const MAX_PART_OF_LONG_RUN = 2.8;
/** Identifiers of one case have a separator, or end, before this. */
const MIN_MIXTURE = 24;
/** Characters of a run that are judged. */
const SAMPLE = 256;
/** Base32 is 19 % digits, base36 28 %; prose and names have fewer, numbers more. */
const MIN_DIGIT_SHARE = 0.08;
const MAX_DIGIT_SHARE = 0.55;
/** Share of neighbours of which one is a letter and one a digit: 30 % in base32. */
const MIN_CHANGES = 0.15;
/** A number of 64 bits with prefix and suffix. */
const MAX_NUMBER = 21;

/** What says that a hash is meant for everybody, before or behind it. */
const PUBLIC_WORDS =
  /commit|revision|\brev\b|\bref\b|\bsha[-_ ]?\d|sha\d|\bsha\b|shasum|md5|hash|digest|check_?sum|\bcrc|integrity|\betag|fingerprint|thumbprint|guid|uuid|git_?head|\boid\b|\bmerge|\bcid\b|public_?key|strip_?prefix|build_?id|\btree\b|\bblob\b|selector|topic|merkle|root\b|\bblock|\btx/i;
/** The same for base64, in which hashes are rarer. */
const PUBLIC_WORDS_OF_BASE64 = /integrity|\bsha-?\d|sha\d|check_?sum|digest|\bhash|fingerprint|public_?key/i;
/** What leads to one in addresses and references. */
const PUBLIC_PREFIX =
  /(?:@|#|\.\.\.|\/(?:commits?|blob|tree|raw|compare|archive|objects|pull|src)\/|\bh1:|[a-z]-|[:@]v?)$/i;
const REACH = 100;

/** What may be in a file besides its text, by its name. */
export interface RandomContext {
  /** A test, where expected hashes stand without a word. */
  readonly isTest: boolean;
  readonly isProse: boolean;
}

/**
 * Whether a line has a long string in it that is not made of words: most often a key or a token, whatever it is called,
 * and in any case nothing that can be learnt. Hashes that are said to be some, and commits, are kept. Linear in the
 * line.
 */
export function hasRandomString(line: string, context: RandomContext): boolean {
  const { length } = line;
  if (searchBase85(line, 0, length) < length) return true;
  if (searchRun(line, 0, length) === length) return false;
  for (const match of line.matchAll(HEXADECIMAL)) {
    if (isRandomHexadecimal(match[2]) && isSecretHexadecimal(line, match, context)) return true;
  }
  for (const match of line.matchAll(LETTERS_AND_DIGITS)) {
    const runs = isInAddress(line, match.index) ? match[0].split('/') : [match[0]];
    if (runs.some(isRandomRun) && !isPublic(line, match, PUBLIC_WORDS_OF_BASE64)) return true;
  }
  for (const match of line.matchAll(ADDRESS_ALPHABET)) {
    if (isRandomWithDashes(match[0]) && !isPublic(line, match, PUBLIC_WORDS_OF_BASE64)) return true;
  }
  return false;
}

const isRandomHexadecimal = (digits: string): boolean =>
  /\d/.test(digits) && /[A-Fa-f]/.test(digits) && new Set(digits.slice(0, SAMPLE)).size > 5;

function isSecretHexadecimal(
  line: string,
  match: RegExpMatchArray,
  { isTest, isProse }: RandomContext,
): boolean {
  const [, prefix, digits] = match;
  if (isPublic(line, match, PUBLIC_WORDS)) return false;
  if (prefix !== undefined) return digits.length >= MIN_PREFIXED_DIGITS;
  if (isTest && DIGEST_DIGITS.has(digits.length)) return false;
  return !(isProse && digits.length === COMMIT_DIGITS);
}

/** Whether the words around a match, or what leads to it, say that everybody may know it. */
function isPublic(line: string, match: RegExpMatchArray, words: RegExp): boolean {
  const start = match.index!;
  const end = start + match[0].length;
  const before = line.slice(Math.max(0, start - REACH), start);
  return (
    (words === PUBLIC_WORDS && PUBLIC_PREFIX.test(before)) ||
    words.test(before) ||
    words.test(line.slice(end, end + REACH))
  );
}

/** Whether what stands at `index` belongs to an address or a path, where slashes separate words. */
function isInAddress(line: string, index: number): boolean {
  const before = line.slice(Math.max(0, index - REACH), index);
  return /(?::\/\/|\.\.?\/)\S*$/.test(before);
}

function isRandomRun(run: string): boolean {
  if (run.length < MIN_RUN) return false;
  if (/^[0-9A-Fa-f]+$|^0[xX][0-9A-Fa-f]+$/.test(run) && run.length >= MIN_OF_ONE_CASE) return false;
  if (run.length <= MAX_NUMBER && /^0[xX]/.test(run)) return false;
  const sample = run.slice(0, SAMPLE);
  if (!/\d/.test(sample) || !/[A-Za-z]/.test(sample)) return false;
  const bothCases = /[a-z]/.test(sample) && /[A-Z]/.test(sample);
  if (!bothCases && run.length < MIN_OF_ONE_CASE) return false;
  const distinct = new Set(sample).size;
  if (distinct <= 8 || distinct <= Math.min(sample.length, 64) / 4) return false;
  if (run.length < MIN_MIXTURE && isOfWords(run)) return false;
  const average = averagePart(sample);
  if (average < (run.length >= LONG_RUN ? MAX_PART_OF_LONG_RUN : MAX_PART)) return true;
  return !bothCases && run.length >= MIN_MIXTURE && isMixture(sample);
}

/** Two parts of four letters or more, as in `TestH2ToH2CStream`, are by chance in one of twenty short runs. */
const isOfWords = (run: string): boolean =>
  (run.match(/[A-Z]?[a-z]{3,}/g) ?? []).filter((part) => part.length > 3).length > 1;

function averagePart(text: string): number {
  const parts = text.match(PARTS) ?? [];
  return parts.reduce((sum, part) => sum + part.length, 0) / parts.length;
}

/** Letters of one case and digits, changing as often as by chance. */
function isMixture(text: string): boolean {
  const digits = text.match(/\d/g)?.length ?? 0;
  const changes = text.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g)?.length ?? 0;
  const share = digits / text.length;
  return share >= MIN_DIGIT_SHARE && share <= MAX_DIGIT_SHARE && changes / text.length >= MIN_CHANGES;
}

/** Random characters of the alphabet for addresses: both cases, digits, and dashes as rare as by chance. */
function isRandomWithDashes(run: string): boolean {
  if (!/[-_]/.test(run) || UUID.test(run)) return false;
  const sample = run.slice(0, SAMPLE);
  if (!/[a-z]/.test(sample) || !/[A-Z]/.test(sample) || !/\d/.test(sample)) return false;
  const dashes = sample.match(/[-_]/g)!.length;
  return dashes <= sample.length / 10 && new Set(sample).size > 16 && averagePart(sample) < MAX_PART;
}
