import { isCredentialNoun, wordsOf } from './names.ts';
import type { NameStrength } from './names.ts';

/** Shorter literals are most often modes or states. */
const MIN_LITERAL = 6;
const MIN_VALUE = 4;
const MIN_RANDOM = 8;
/** Passphrases have fewer words than interface texts may have. */
const MAX_PASSPHRASE_WORDS = 8;
/** Longer words than this are in few dictionaries. */
const MAX_WORD = 14;

const PLACEHOLDERS: readonly RegExp[] = [
  // Filled in elsewhere.
  /<[^<>]*>|\[[\w ]*\]/, // <your-token>, [MASK]
  /\$\{[^}]*\}|\$\([^)]*\)|\$[a-z_]\w*|\$\d/, // ${TOKEN}, $(pass show x), $TOKEN
  /\{\{.*|\{\w*\}|#\{[^}]*\}|@\w+@/, // {{ token }}, {token}, #{token}, @token@
  /%(?:\w+%|\(\w+\)[sd]|[sdivuqxlp]|l[du])/, // %TOKEN%, %(token)s, %s
  /!(?:ref|sub|getatt|importvalue|vault|secret|env|join)\b.*/,
  /(?:process|import\.meta|os|sys|deno|bun)\.env.*|(?:os\.)?getenv.*|env[.(:].*|secrets\.\w+|vault[.:(].*/,
  /(?:var|local|data|module)\.[\w.-]+|(?:ref|ssm|file|arn):.*/,
  // Blanked out, or a first example.
  /[x*•.?_#-]+|0+|1234(?:5(?:6(?:7(?:8(?:90?)?)?)?)?)?|change[-_ ]?(?:me|it|this)!?/,
  /foo|bar|baz|foobar|dummy|fake|sample|example|placeholder|redacted|hidden|masked|todo|tbd|n\/a|empty|blank|default/,
  // Types, states and modes.
  /null|nil|none|undefined|void|true|false|yes|no|on|off|enabled|disabled|required|optional|string|str|text|int/,
  /integer|number|boolean|bool|object|array|any|unknown|never|char|bytes?|file|env|prompt|ask|plain|inherit|auto|digest/,
  /read|write|include|omit|same-origin|strong|medium|weak|(?:weak|medium|strong)(?:,(?:weak|medium|strong))+/,
  /#[0-9a-f]{3,8}|[~^]?v?\d+(?:\.\d+){1,3}/, // a colour, a version
];

const PLACEHOLDER = new RegExp(`^(?:${PLACEHOLDERS.map(({ source }) => source).join('|')})$`, 'i');

/** An attribute of a resource, as Terraform names it: `random_password.db.result`. */
const REFERENCE = /^[a-z]+(?:_[a-z0-9]+)+(?:\.[a-z_][a-z0-9_]*){2}$/;

/** Words in names of credentials; a value made of these and of credential nouns is a name itself. */
const WORDS_OF_NAMES = new Set(
  (
    'a access add admin an and api app application auth authentication base basic change client confirm confirmation ' +
    'cookie create csrf current data db default delete email enter field for forgot form grant header here hidden http id ' +
    'in input insert invalid is jwt key keys login my name new next no not oauth of old or param please put query refresh ' +
    'register remember repeat replace reset root security send session set show sign signup storage the this to type update ' +
    'user username value verification verify with wrong x xsrf your'
  ).split(' '),
);

/** Words of sentences, which passphrases have none of. */
const SENTENCE_WORDS = new Set(
  (
    "a again an and are as at be been before by can can't cannot characters choose could did do does doesn't don't for from " +
    'has have here how if in into is isn’t it its least less letters match matches more most must need needs no not of on ' +
    'one only or our please same should some than that the their them then there these they this to too up use used using ' +
    'was we what when which will with without you your de le la les des du un une et est pas der die das und ist nicht ein ' +
    'eine ihr ihre sie bitte zu el los las es su sus por para que di il lo non per os da em um uma på og och att en et i'
  ).split(' '),
);

/** Where words end in names, paths and texts. */
const WORD_ENDS = /[\s._:/,'"!?()|-]+|(?<=\p{Ll})(?=\p{Lu})|(?<=\d)(?=\p{Lu}\p{Ll})/u;

/** Algorithms and formats: letters and digits, yet not random. */
const TECHNICAL =
  /^(?:[a-z]+|v?\d{1,4}|(?:sha|md|aes|rs|hs|es|ps|base|utf|oauth|http|ipv|ed|x|p|secp|rsa|argon|pbkdf|blake|crc|ascii|iso|web|s|ec|k|b|ss|ntlmv?|kerberos)\d{1,5}[a-z]?\d?)$/i;

/**
 * Whether a quoted value given to a name is a credential.
 * @param strength of the name.
 */
export function isSecretLiteral(content: string, strength: NameStrength = 'strong'): boolean {
  if (strength === 'descriptive') return isRandom(content);
  const value = withoutInterpolation(content).trim();
  if (value.length < MIN_LITERAL || isHarmless(value)) return false;
  if (/\s/.test(value)) return isPassphrase(value, strength);
  return strength === 'strong' || isPasswordLike(value);
}

/** The same for a value without quotes, where values need none. */
export function isSecretValue(value: string, strength: NameStrength = 'strong'): boolean {
  if (strength === 'descriptive') return isRandom(value);
  if (value.length < MIN_VALUE || isHarmless(value)) return false;
  if (/^[-+]?\d+(?:\.\d+)?[a-z]{0,2}$/i.test(value)) return false;
  return strength === 'strong' || (value.length >= MIN_LITERAL && isPasswordLike(value));
}

/** Several words: a passphrase, unless they are a sentence or speak about credentials (`Enter your password`). */
function isPassphrase(value: string, strength: NameStrength): boolean {
  const words = value.split(/\s+/);
  if (words.some((word) => isRandom(word))) return true;
  return (
    strength === 'strong' &&
    words.length <= MAX_PASSPHRASE_WORDS &&
    !/[.:?…]$/.test(value) &&
    !words.some((word) => SENTENCE_WORDS.has(word.toLowerCase().replaceAll(/[,;!?.]/g, ''))) &&
    !words.some((word) => wordsOf(word).some(isCredentialNoun))
  );
}

/** Whether a value is no plain word, or words with dots and dashes between them such as `keyword.operator`. */
export function isPasswordLike(value: string): boolean {
  if (/^[^\p{L}\p{N}]*$/u.test(value) || /^[[<(|].*[\])>|]$/.test(value)) return false;
  const parts = value.split(WORD_ENDS).filter((part) => part !== '');
  const isPlain = (part: string): boolean =>
    part.length <= MAX_WORD &&
    (/^[\p{L}\p{M}]+$/u.test(part) || (parts.length > 2 && /^\p{Lu}?\p{Ll}{1,10}\d{1,2}$/u.test(part)));
  return !parts.every(isPlain) && !(/\d/.test(value) && isTechnicalName(value));
}

/** Whether a value is a name such as `sha-256` or `utf_8`; a capital word before digits, as in `Lantern-19`, is none. */
export function isTechnicalName(value: string): boolean {
  return isTechnical(value) && !/^\p{Lu}\p{Ll}{4,}[-_.]\d+!?$/u.test(value);
}

/** Whether a value is made of names of algorithms and formats, such as `sha256`. */
export function isTechnical(value: string): boolean {
  return value.split(/[-_.:/@ ]/).every((part) => part === '' || TECHNICAL.test(part));
}

/** Whether a value that stands somewhere near a credential's name does not read like words. */
export function isRandom(content: string): boolean {
  const value = withoutInterpolation(content).trim();
  if (value.length < MIN_RANDOM || isHarmless(value) || /[\s%{}<>()[\]\\]|^[a-z]+:\/\//i.test(value))
    return false;
  if (isTechnical(value)) return false;
  return /\d/.test(value) && /\p{L}/u.test(value) && isPasswordLike(value);
}

function isHarmless(value: string): boolean {
  return PLACEHOLDER.test(value) || REFERENCE.test(value) || isName(value) || isLocation(value);
}

/** Whether a value is what credentials are called: `access_token`, `X-Auth-Token`, `Enter your password`. */
function isName(value: string): boolean {
  return wordsOf(value).every((word) => WORDS_OF_NAMES.has(word) || isCredentialNoun(word));
}

/** Whether a value is a path or an address; an address with a password is found by its form. */
function isLocation(value: string): boolean {
  return /^(?:https?:\/\/\S*|(?:\.{1,2}|~|[a-z]:)[\\/]\S*|(?:\/[a-z][\w.-]*){2,}\/?)$/i.test(value);
}

const INTERPOLATION = /\$\{[^{}"']*\}|#\{[^{}"']*\}|\{\{[^{}"']*\}\}|\$\([^()"']*\)/g;

/** `Bearer ${token}` without what is filled in, and without the scheme. */
function withoutInterpolation(content: string): string {
  const fixed = /[{(]/.test(content) ? content.replaceAll(INTERPOLATION, '') : content;
  return fixed.replace(/^\s*(?:bearer|basic|token|apikey)\b\s*/i, '');
}
