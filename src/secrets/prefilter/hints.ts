import { Keywords } from './aho-corasick.ts';
import type { Keyword } from './aho-corasick.ts';
import type { TextKind } from '../text-kind.ts';

/**
 * Every line on which `CredentialLines` finds a credential, or after which it expects one, holds one of these or a
 * run as below: the patterns of names.ts, token-formats.ts, commands.ts and calls.ts cannot match without. Most lines
 * hold none and need not be looked at any further.
 */
const NAMES =
  'pass pw psk secret token cred auth bearer jwt mnemonic salt kennwort senha contrase ' +
  'wachtwoord haslo hasło senord connectionstring connection-string connection_string stringdata string-data ' +
  'string_data key';
const FORMS =
  'ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- gldt- glrt- glsoat- glptt- glcbt- glft- glimt- glagent- xox xapp- ' +
  'hooks.slack.com discord gocspx- sk_live_ rk_live_ pk_live_ sk_test_ rk_test_ pk_test_ whsec_ npm_ pypi- ' +
  'rubygems_ gsk_ _v1_ dp.pt. shpat_ shpca_ shppa_ shpss_ sharedaccess sig= $2$ $2a$ $2b$ $2x$ $2y$ $1$ $y$ ' +
  '$apr1$ $argon2 {sha {ssha {md5 {smd5 {crypt {scrypt ::: jdbc: @tcp( @unix( btoa b64encode buffer.from ' +
  'curlopt_userpwd';
const COMMANDS =
  'sudo openssl ldap redis-cli mongo mysql sqlcmd vault snmp-server tacacs-server radius-server isakmp identified ' +
  'sp_addlogin pgp_sym_ aes_';
const CALLS = 'getconnection dbi-> ftp_login smtp createuser signwith hmac bcrypt securestring fernet';

/** What would be too common without its surroundings. */
const WITH_SURROUNDINGS: readonly Keyword[] = [
  ...['akia', 'asia', 'aroa', 'aida', 'abia', 'acca'].map((text) => ({ text, pattern: /[A-Z]{4}[0-9A-Z]/ })),
  { text: 'aiza', pattern: /AIza/ },
  { text: 'ya29.', pattern: /ya29\./ },
  { text: 'eyj', pattern: /eyJ/ },
  { text: 'sk-', pattern: /\bsk-/ },
  { text: 'hf_', pattern: /\bhf_/ },
  { text: 'sg.', pattern: /\bSG\./ },
  { text: 'hvs.', pattern: /\bhvs\./ },
  { text: 'hvb.', pattern: /\bhvb\./ },
  { text: '://', pattern: /:\/\/[^\s/:@]{0,100}:/ },
  // Of the four numbers of shadow(5) two neighbours are empty (`:::` above), or one is not.
  { text: ':0', pattern: /:\d+:/ },
  { text: 'connection string', pattern: /connection string/i },
  { text: 'login', pattern: /\blogin\b/ },
  { text: 'curl', pattern: /\bcurl\b/ },
  { text: 'bcp', pattern: /\bbcp\s/ },
  { text: 'osql', pattern: /\bosql\s/ },
  { text: 'zip', pattern: /(?<=\b|\bun)zip\s/ },
  { text: '7z', pattern: /\b7z[ar]?\s/ },
  { text: '-u', pattern: /(?<=\s)-U/ },
  { text: 'net', pattern: /\bnet\s+use/ },
  { text: 'insert', pattern: /insert\s+into\s/i },
  { text: 'pdo', pattern: /\bpdo\s{0,4}[( ]/i },
  { text: 'wifi', pattern: /\bwifi(?:multi)?\./i },
];

const FOREIGN_NAMES = '비밀번호 암호 パスワード 密码 密碼 口令 пароль';

const common: readonly Keyword[] = [
  ...[NAMES, FORMS, COMMANDS, CALLS]
    .join(' ')
    .split(' ')
    .map((text) => ({ text })),
  ...FOREIGN_NAMES.split(' ').map((text) => ({ text, pattern: new RegExp(text, 'i') })),
  ...WITH_SURROUNDINGS,
];
const inText = new Keywords(common);
/** In prose markup may stand inside a name, and is taken out before it is looked at. */
const inProse = new Keywords([...common, ...['*', '`', '|'].map((text) => ({ text }))]);

/** Shortest run that is looked at for randomness, and with letters alone. */
const RUN = 16;
const RUN_WITHOUT_DIGIT = 32;
/** What runs are made of: digits 2, the others 1. */
const RUN_CLASS = Uint8Array.from({ length: 0x1_0000 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  return /[0-9]/.test(character) ? 2 : /[A-Za-z+/]/.test(character) ? 1 : 0;
});

/** A text is searched in pieces of about this many UTF-16 units, cut at line ends. */
const PIECE = 256 * 1024;

/** Finds the lines of one text that may have to do with a credential, from the first to the last. */
export class CredentialHints {
  private readonly text: string;
  private readonly keywords: Keywords;
  private pieceEnd = 0;
  private keyword = -1;
  private run = -1;

  constructor(text: string, kind: TextKind) {
    this.text = text;
    this.keywords = kind === 'prose' ? inProse : inText;
  }

  /** Up to here has been looked at: the start of a line, or the end of the text. */
  get end(): number {
    return this.pieceEnd;
  }

  /** An index on the first line with a hint at or after `start`, the start of a line; `end` where there is none before. */
  next(start: number): number {
    const { text } = this;
    if (start >= this.pieceEnd) {
      const lineFeed = text.indexOf('\n', start + PIECE);
      this.pieceEnd = lineFeed === -1 ? text.length : lineFeed + 1;
      this.keyword = this.run = -1;
    }
    if (this.keyword < start) this.keyword = this.keywords.search(text, start, this.pieceEnd);
    if (this.run < start) this.run = searchRun(text, start, this.pieceEnd);
    return Math.min(this.keyword, this.run);
  }
}

/** Where a long run of letters and digits ends, such as keys and hashes are; `end` where there is none. */
function searchRun(text: string, start: number, end: number): number {
  // A run of 16 crosses every sixteenth character.
  for (let probe = start + RUN - 1; probe < end; probe += RUN) {
    if (RUN_CLASS[text.charCodeAt(probe)] === 0) continue;
    let from = probe;
    while (from > start && RUN_CLASS[text.charCodeAt(from - 1)] > 0) from--;
    let to = probe + 1;
    while (to < end && RUN_CLASS[text.charCodeAt(to)] > 0) to++;
    const length = to - from;
    if (length >= RUN_WITHOUT_DIGIT || (length >= RUN && hasDigit(text, from, to))) return to - 1;
  }
  return end;
}

function hasDigit(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (RUN_CLASS[text.charCodeAt(i)] === 2) return true;
  return false;
}
