import { wordsOf } from './names.ts';

/** Shorter ones are not worth stealing, and are most often modes or states. */
const SHORTEST_LITERAL = 6;
const SHORTEST_VALUE = 4;
const SHORTEST_RANDOM = 8;
/** Of a passphrase; interface texts are often longer. */
const MOST_WORDS = 12;

const PLACEHOLDERS: readonly RegExp[] = [
  // Filled in elsewhere.
  /<[^<>]*>/, // <your-token>
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
  /#[0-9a-f]{3,8}|[~^]?v?\d+(?:\.\d+){1,3}/, // a colour, a version
];

const PLACEHOLDER = new RegExp(`^(?:${PLACEHOLDERS.map(({ source }) => source).join('|')})$`, 'i');

/** Words that come along in names of credentials; a value made of these and credential words is a name. */
const WORDS_OF_NAMES = new Set(
  (
    'a access add admin an and api app application auth authentication base basic change client confirm confirmation ' +
    'cookie create csrf current data db default delete email enter field for forgot form grant header here hidden http id ' +
    'in input insert invalid is jwt key keys login my name new next no not oauth of old or param please put query refresh ' +
    'register remember repeat replace reset root security send session set show sign signup storage the this to type update ' +
    'user username value verification verify with wrong x xsrf your'
  ).split(' '),
);

/** Algorithms and formats: letters and digits, yet not random. */
const TECHNICAL =
  /^(?:[a-z]+|v?\d{1,4}|(?:sha|md|aes|rs|hs|es|ps|base|utf|oauth|http|ipv|ed|x|p|secp|rsa|argon|pbkdf|blake|crc|ascii|iso|web|s|ec|k|b|ss|ntlmv?|kerberos)\d{1,5}[a-z]?\d?)$/i;

/** A quoted value directly given to a credential's name. */
export function isSecretLiteral(content: string): boolean {
  const value = withoutInterpolation(content).trim();
  if (value.length < SHORTEST_LITERAL || isHarmless(value)) return false;
  if (/\s/.test(value)) return isPassphrase(value.split(/\s+/));
  return true;
}

/** Several words: a passphrase, unless they speak about credentials (`Enter your password`) or are a long text. */
function isPassphrase(words: readonly string[]): boolean {
  if (words.some((word) => isRandom(word))) return true;
  return (
    words.length <= MOST_WORDS &&
    !words.some((word) => wordsOf(word).some((part) => CREDENTIAL_NOUN.test(part)))
  );
}

/** A bare value directly given to a credential's name where values need no quotes. */
export function isSecretValue(value: string): boolean {
  if (value.length < SHORTEST_VALUE || isHarmless(value)) return false;
  if (/^[-+]?\d+(?:\.\d+)?[a-z]{0,2}$/i.test(value)) return false;
  return true;
}

/** Made of names of algorithms and formats, such as `sha256`. */
export function isTechnical(value: string): boolean {
  return value.split(/[-_.:/@ ]/).every((part) => part === '' || TECHNICAL.test(part));
}

/** A value that is somewhere near a credential's name: only what does not read like words. */
export function isRandom(content: string): boolean {
  const value = withoutInterpolation(content).trim();
  if (value.length < SHORTEST_RANDOM || isHarmless(value) || /[\s%{}<>()[\]\\]|^[a-z]+:\/\//i.test(value))
    return false;
  if (isTechnical(value)) return false;
  return /\d/.test(value) && /\p{L}/u.test(value);
}

function isHarmless(value: string): boolean {
  return PLACEHOLDER.test(value) || isName(value) || isLocation(value);
}

/** `access_token`, `X-Auth-Token`, `Enter your password`: what credentials are called. */
function isName(value: string): boolean {
  return wordsOf(value).every((word) => WORDS_OF_NAMES.has(word) || CREDENTIAL_NOUN.test(word));
}

/** `secret` itself, unlike `mysecret123`. */
const CREDENTIAL_NOUN =
  /^(?:passwords?|passwd|passphrase|passcode|passwort|kennwort|secrets?|credentials?|apikeys?|accesskeys?|privatekeys?|(?:auth|access|refresh|csrf|xsrf)?tokens?|pwd|pass|pw|creds?|jwt|bearer|authorization|senha|mnemonic)$/;

/** A path or an address, which has no credential in it (an address that does is found by its form). */
function isLocation(value: string): boolean {
  return /^(?:https?:\/\/\S*|(?:\.{1,2}|~|[a-z]:)[\\/]\S*|(?:\/[a-z][\w.-]*){2,}\/?)$/i.test(value);
}

const INTERPOLATION = /\$\{[^{}"']*\}|#\{[^{}"']*\}|\{\{[^{}"']*\}\}|\$\([^()"']*\)/g;

/** `Bearer ${token}` without what is filled in. */
function withoutInterpolation(content: string): string {
  const fixed = /[{(]/.test(content) ? content.replaceAll(INTERPOLATION, '') : content;
  return fixed.replace(/^\s*(?:bearer|basic|token|apikey)\b\s*/i, '');
}
