import { literalsIn } from '../string-literals.ts';
import type { Keyword, Rule } from './rule.ts';
import { isPasswordLike, isRandom, isSecretLiteral, isTechnicalName } from './values.ts';

/** Literals of a call that are looked at. */
const MAX_ARGUMENTS = 6;
const NAME = /passw|pwd|secret|token|api_?key|credential/i;

/** A keyword that counts where a call with a literal follows soon. */
const called = (text: string): Keyword => ({
  text,
  guard: new RegExp(`${text}\\w{0,30}["'\`]?\\s?[( ]\\s?[^\\n]{0,120}["'\`]`, 'i'),
});

interface Call {
  readonly id: string;
  readonly keywords: readonly Keyword[];
  /** The function's name, as the source of a pattern. */
  readonly name: string;
  /** What opens the arguments, as the source of a pattern; a bracket or a space where it is not given. */
  readonly opening?: string;
  /** Whether one of the arguments is a credential; `before` is the call up to them. */
  readonly accepts: (literals: readonly string[], text: string, before: string) => boolean;
  readonly source: string;
}

function callRule({ id, keywords, name, opening = String.raw`[( ]\s{0,4}`, accepts, source }: Call): Rule {
  return {
    id,
    keywords,
    pattern: new RegExp(`(?:${name})\\s{0,4}${opening}(.*)$`, 'i'),
    source,
    accepts: ([whole, rest]) => accepts(literalsIn(rest), rest, whole.slice(0, whole.length - rest.length)),
  };
}

/** Whether a credential follows another argument: a host, a user, a token. */
const afterAnother: Call['accepts'] = (literals, rest) =>
  literals.slice(/^[@&bN]?["'`]/.test(rest) ? 1 : 0, MAX_ARGUMENTS).some(isGiven);
/** The same, where the first arguments name it. */
const afterItsName: Call['accepts'] = (literals, rest, before) =>
  NAME.test(rest.slice(0, 80)) && afterAnother(literals, rest, before);
const first: Call['accepts'] = (literals) => literals.slice(0, 1).some(isGiven);

/** User and password, or a token alone. */
const userAndPassword: Call['accepts'] = (literals, rest) => {
  const inside = literalsIn(rest.split(/[)\]}]/, 1)[0]);
  if (inside.length === 1) return isRandom(literals[0]) && literals[0].length >= 20;
  return (
    inside.length >= 2 &&
    !/^["'`][^"'`]*["'`]\s*:/.test(rest) &&
    isGiven(inside[1]) &&
    /^[\w.@+-]+$/.test(inside[0])
  );
};
/** Host, user and password, in this order. */
const hostUserPassword: Call['accepts'] = (_, rest) => {
  const inside = literalsIn(rest.split(')', 1)[0]);
  return inside.length >= 3 && isGiven(inside[2]) && isPasswordLike(inside[2]);
};

const BRACKET_OR_LITERAL = String.raw`(?:\(\s{0,4}|(?=["'\`]))`;
const OWN = 'the documentation of the library';

const CALLS: readonly Call[] = [
  {
    id: 'call-database',
    keywords: ['mysql', 'getconnection', 'dbi->', { text: 'pdo', guard: /\bpdo\s{0,4}[( ]/i }],
    name: String.raw`\bmysqli?(?:_(?:real_)?p?connect)?|\bPDO|\bgetConnection|\bMySQLdb\.connect|\bDBI->connect`,
    accepts: afterAnother,
    source: OWN,
  },
  {
    id: 'call-connect',
    keywords: [called('connect'), called('ftp'), called('imap'), called('smtp'), called('ldap')],
    name: String.raw`\b\w{0,30}connect|\bFTP(?:_TLS)?|\bIMAP4?\w{0,6}|\bldap\w{0,12}`,
    opening: BRACKET_OR_LITERAL,
    accepts: hostUserPassword,
    source: OWN,
  },
  {
    id: 'call-wifi',
    keywords: [{ text: 'wifi', guard: /\bwifi(?:multi)?\./i }],
    name: String.raw`\bWiFi(?:Multi)?\.(?:begin|addAP)`,
    accepts: afterAnother,
    source: 'https://docs.arduino.cc/libraries/wifi/',
  },
  {
    id: 'call-credential-object',
    keywords: ['passw', 'credential', 'plainauth'],
    name: String.raw`\bPasswordAuthentication|\bUsernamePassword\w{0,20}|\bNetworkCredential|\bPSCredential|\bCredentials(?:::new)?|\bPlainAuth`,
    accepts: afterAnother,
    source: OWN,
  },
  {
    id: 'call-basic-authentication',
    keywords: ['auth'],
    name: String.raw`\b(?:set_?)?(?:http_?)?(?:basic|digest)_?auth`,
    accepts: afterAnother,
    source: OWN,
  },
  {
    id: 'call-login',
    keywords: [
      ...['login', 'logon', 'log_in', 'signin', 'sign_in', 'signup', 'sign_up'].map(called),
      ...['authenticate', 'auth'].map(called),
      { text: 'auth', guard: /auth\w{0,20}\s?=\s?\(/i },
    ],
    name: String.raw`\b\w{0,30}(?:log_?in|log_?on|sign_?in|sign_?up)\w{0,30}|\b\w{0,20}authenticate|\bauth(?:\s?=)?`,
    opening: BRACKET_OR_LITERAL,
    accepts: userAndPassword,
    source: OWN,
  },
  {
    id: 'call-user',
    keywords: ['ftp_login', 'smtp', 'createuser', 'ldap_bind'],
    name: String.raw`\bftp_login|\bldap_bind|\bsmtp\w{0,10}\.login|\bcreateUser`,
    accepts: afterAnother,
    source: OWN,
  },
  {
    id: 'call-signature',
    keywords: ['jwt', 'signwith', 'createhmac'],
    name: String.raw`\bjwt\.(?:sign|verify|encode|decode)|\bsignWith|\bcreateHmac`,
    accepts: afterAnother,
    source: OWN,
  },
  {
    id: 'call-key-derivation',
    keywords: ['pbkdf2', 'scrypt', 'bcrypt'],
    name: String.raw`\b(?:\w{0,20}\.)?(?:pbkdf2\w{0,10}|scrypt\w{0,10}|bcrypt\.\w{1,20})`,
    accepts: (literals) =>
      literals.slice(0, 2).some((literal) => isGiven(literal) && isPasswordLike(literal)),
    source: OWN,
  },
  {
    id: 'call-named-value',
    keywords: [
      called('setdefault'),
      called('set_var'),
      called('setenvironmentvariable'),
      called('strcpy'),
      called('strncpy'),
      called('strcmp'),
      called('strncmp'),
      called('strcasecmp'),
      called('strncasecmp'),
    ],
    name: String.raw`\bsetdefault|\bset_var|\bSetEnvironmentVariable|\bstrn?cpy|\bstr(?:n|case|ncase)?cmp`,
    accepts: afterItsName,
    source: OWN,
  },
  {
    id: 'call-key',
    keywords: [
      'hmac',
      'keyspec',
      'securitykey',
      'keystore',
      'bcrypt',
      'securestring',
      'fernet',
      { text: 'aes', guard: /AES\.new/ },
    ],
    name: String.raw`\bhmac\.new|\bHMAC(?:256|384|512)|\bHmacKey::new|\bSecretKeySpec|\bSymmetricSecurityKey|\bkeyStore\.load|\bbcrypt\.hash\w{0,5}|\bConvertTo-SecureString|\bFernet|\bAES\.new`,
    accepts: first,
    source: OWN,
  },
];

/** A password typed into, compared with or expected of a field or variable. */
const FIELD_RULES: readonly Rule[] = [
  {
    id: 'field-value',
    keywords: ['passw', 'pwd', 'secret'],
    pattern:
      /(?:passw|pwd|secret)[^\n"'`]{0,40}["'`\])]{0,4}\)?(?:\s{0,3},|\.(?:type|fill|toBe|toEqual|sendKeys|send_keys|equals)\(|,\s{0,3}with:)\s{0,3}["'`]([^"'`\n]{6,80})["'`]/i,
    accepts: ([, value]) => isGiven(value),
    source: 'https://playwright.dev/docs/input and its like',
  },
  {
    id: 'form-field',
    keywords: ['password'],
    pattern: /type=["']password["'][^<>]{0,80}\bvalue=["']([^"'<>{$]{4,80})["']/i,
    accepts: ([, value]) => isGiven(value),
    source: 'https://html.spec.whatwg.org/multipage/input.html',
  },
  {
    id: 'cobol-move',
    keywords: [{ text: 'move', guard: /move\s+["']/i }],
    pattern:
      /\bMOVE\s+["']([^"'\n]{4,80})["']\s+TO\s+[\w-]{0,40}(?:PASSW|PWD|SECRET|TOKEN|CREDENTIAL|API-?KEY|PASSPHRASE|PIN\b)/i,
    accepts: ([, value]) => isSecretLiteral(value),
    source: 'https://www.ibm.com/docs/en/cobol-zos/6.4?topic=statements-move-statement',
  },
  {
    id: 'assigned-to-the-right',
    keywords: [{ text: '->', guard: /->\s{0,4}[\w.]{0,40}(?:passw|pwd|secret|token|api_?key)/i }],
    pattern: /["']([^"'\n]{4,80})["']\s{0,4}->{1,2}\s{0,4}[\w.]{0,40}(?:passw|pwd|secret|token|api_?key)/i,
    accepts: ([, value]) => isSecretLiteral(value),
    source: 'https://cran.r-project.org/doc/manuals/R-lang.html',
  },
];

/** Calls and statements that give a credential by its position. */
export const CALL_RULES: readonly Rule[] = [...CALLS.map(callRule), ...FIELD_RULES];

/** Whether an argument is no algorithm, address, format or path. */
function isGiven(literal: string): boolean {
  return (
    !/\s|[<>{}()=]|^[\w.+-]+:\/\/|^[./~]|%[sdx]|^jdbc:|\.\w{2,4}$|^[a-z-]+\/[a-z-]+$/.test(literal) &&
    !(/\d/.test(literal) && isTechnicalName(literal)) &&
    isSecretLiteral(literal)
  );
}
