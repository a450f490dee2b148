/** A name in a line that says its value is a credential. */
export interface CredentialName {
  /** The whole identifier or dotted path, as [start, end) in the line. */
  readonly start: number;
  readonly end: number;
  readonly words: readonly string[];
  /** The name speaks about a credential (`tokenType`, `password_file`), so an ordinary value is none. */
  readonly descriptive: boolean;
}

/** Names longer than this are not names. */
const LONGEST_SIDE = 80;

const HINT =
  /pass|pwd|(?<![a-z])pw(?![a-z])|(?:root|bind)pw|psk|wep[-_]?key|secret|token|cred|auth|bearer|jwt|mnemonic|[a-z][-_ ]salt\b|kennwort|senha|contrase[nñ]a|wachtwoord|has[lł]o|l[oö]senord|connection[-_ ]?string|string[-_]?data|account[-_ ]?key|shared[-_ ]?key|[a-z][-_. ]?keys?\b|비밀번호|암호|パスワード|密码|密碼|口令|пароль/gi;

/** `Token.String.Symbol` is no token itself. */
const TOKEN_OF_GRAMMAR = /^(?:\w+\.)*tokens?\.(?=\w)/i;

const NAME_CHARACTER = /[\p{L}\p{M}\p{N}_$@.-]/u;

const CREDENTIAL_WORD =
  /^(?!secretar)(?:.*(?:password|passwd|passphrase|passcode|passwort|kennwort|contrase[nñ]a|wachtwoord|l[oö]senord|secret|credential|mnemonic|apikey|accesskey|privatekey|secretkey|authkey|encryptionkey|signingkey|masterkey|accountkey|(?:pre)?sharedkey|wepkey|connectionstring).*|.*(?:token|pwd)s?|(?:db|user|root|admin|smtp|ftp|my|sql|login|mail|require|store|key|ssh|bind|http|proxy|redis|ldap)?passe?|(?:root|bind)?pw|has[lł]o|(?:wifi|wpa|wlan)?psk|creds?|jwt|bearer|authorization|senha|.*(?:비밀번호|암호|パスワード|密码|密碼|口令|пароль).*)\d*$/;

/** `key` and `string` are credentials after one of these, as in `api_key`. */
const KEY_OWNERS = new Set(
  (
    'access account admin api app application auth aws azure bot client consumer crypto deploy encryption gcp ' +
    'gpg hash hmac host jwt nonce cookie gpr wep instrumentation integration license licence master openai pgp private rsa sas ' +
    'secret security sendgrid server service session shared signature signing ssh ssl storage stripe subscription ' +
    'tls webhook write'
  ).split(' '),
);

/** Last words of names that do not hold the credential itself. */
const DESCRIPTIVE = new Set(
  (
    'algorithm alias arn attribute attr attrs audience backend callback char class client code codes color colors column command ' +
    'config controller cookie count created date description dir directory duration enabled encoding end endpoint ' +
    'env error errors event expiration expires expiry factory field file filename filter flag folder form format ' +
    'group guard handler header headers hint icon index input interval issuer kind kinds label len length level line ' +
    'link list location manager map message method middleware mode model module msg name names namespace node offset ' +
    'operation option options order page param parameter parser path pattern placeholder plugin point policy pos ' +
    'position prefix prompt property provider range reference regex regexp request required reset resource response ' +
    'role route rule rules scope scopes section selector separator service set size source span start state status ' +
    'store strategy strength style suffix tag template test text title tooltip ttl type types uri url usage user ' +
    'username validation validator variable vault verifier version view widget'
  ).split(' '),
);

/** All credential names of a line, from left to right; linear in the line. */
export function* credentialNames(line: string): Generator<CredentialName> {
  let searched = 0;
  for (const hint of line.matchAll(HINT)) {
    if (hint.index < searched) continue;
    let start = hint.index;
    while (start > searched && hint.index - start < LONGEST_SIDE && NAME_CHARACTER.test(line[start - 1]))
      start--;
    let end = hint.index + hint[0].length;
    while (end < line.length && end - hint.index < LONGEST_SIDE && NAME_CHARACTER.test(line[end])) end++;
    // In `token->kind` the dash belongs to the arrow, and a sentence ends in a full stop.
    while (end > start && /[-.]/.test(line[end - 1])) end--;
    searched = end;
    const words = wordsOf(line.slice(start, end).replace(TOKEN_OF_GRAMMAR, ''));
    if (isCredential(words)) yield { start, end, words, descriptive: DESCRIPTIVE.has(words.at(-1) ?? '') };
  }
}

/** The words of an identifier, in lower case: `clientSecret`, `client_secret` and `CLIENT-SECRET` are alike. */
export function wordsOf(name: string): string[] {
  return name
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
}

function isCredential(words: readonly string[]): boolean {
  return words.some((word, i) => {
    if (CREDENTIAL_WORD.test(word)) return true;
    if (word === 'salt') return i > 0;
    if (/^keys?\d*$/.test(word)) return i > 0 && KEY_OWNERS.has(words[i - 1]);
    if (word === 'string') return words[i - 1] === 'connection' || words[i + 1] === 'data';
    return word === 'auth' && i === words.length - 1;
  });
}
