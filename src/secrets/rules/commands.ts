import type { Keyword, Rule } from './rule.ts';

/** A value written out on a command line, neither a variable nor an option. */
const GIVEN = /["']?[^\s$"'<>{}()|;&-][^\s"'$]{3,}/.source;

/** The type of a field or column called `password`. */
const TYPE = /\[|(?:string|str|text|bytes?|var\w{0,10}|n?char\w{0,10}|String|bool\w{0,5}|int\w{0,5})\b/
  .source;

const MANUAL = 'the manual page of the command';
const CISCO =
  'https://www.cisco.com/c/en/us/support/docs/security-vpn/remote-authentication-dial-user-service-radius/107614-64.html';

function command(id: string, keywords: readonly Keyword[], pattern: string, source = MANUAL): Rule {
  return { id, keywords, pattern: new RegExp(pattern), source };
}

/** Options and arguments of commands whose names do not say that a credential follows. */
const COMMANDS: readonly Rule[] = [
  command(
    'login-option',
    [{ text: 'login', guard: /\blogin\s/ }],
    `\\blogin\\b[^\\n]{0,200}?\\s-p[\\s=]+${GIVEN}`,
  ),
  command(
    'piped-password',
    ['passw', { text: 'sudo', guard: /sudo\s+-S/ }, 'chpasswd'],
    `\\becho\\s[^\\n|$]{4,200}\\|[^\\n]{0,60}(?:\\bchpasswd\\b|\\bsudo\\s+-S|\\bpassword-stdin\\b|\\bpasswd\\b)`,
  ),
  command('password-here-string', ['passwd'], `\\b(?:ch)?passwd\\b[^\\n]{0,60}<<<\\s*${GIVEN}`),
  command(
    'password-to-file',
    [{ text: 'echo', guard: /\becho\s[^\n>]{5,110}>/ }],
    `\\becho\\s+["']?[^\\s$"'|>]{5,100}["']?\\s*>>?\\s*[^\\s|]{0,60}(?:passw|secret|token)`,
  ),
  command('htpasswd', ['htpasswd'], `\\bhtpasswd\\s+-\\w{0,8}b\\w{0,8}\\s[^\\n$]+$`),
  command('sshpass', ['sshpass'], `\\bsshpass\\s+-p\\s*["']?[^\\s$"']`),
  command(
    'curl-user',
    [{ text: 'curl', guard: /\bcurl\b/ }],
    `\\bcurl\\b[^\\n]{0,300}?\\s(?:-u|--user)[\\s=]*["']?[^\\s:$"']{1,100}:[^\\s$"']`,
  ),
  command('openssl', ['openssl'], `\\bopenssl\\b[^\\n]{0,200}?\\s-[kK]\\s+${GIVEN}`),
  command('ldap', ['ldap'], `\\bldap\\w{3,8}\\s[^\\n]{0,200}?-w\\s*${GIVEN}`),
  command('redis-cli', ['redis-cli'], `\\bredis-cli\\s[^\\n]{0,200}?-a\\s+${GIVEN}`),
  command('mongo', ['mongo'], `\\bmongo\\w*\\s[^\\n]{0,200}?-p\\s+${GIVEN}`),
  command('mysql', ['mysql'], `\\bmysql\\w*\\s[^\\n]{0,200}?-p${GIVEN}`),
  command(
    'sql-server',
    ['sqlcmd', { text: 'bcp', guard: /\bbcp\s/ }, { text: 'osql', guard: /\bosql\s/ }],
    `\\b(?:sqlcmd|bcp|osql)\\s[^\\n]{0,200}?-P\\s*${GIVEN}`,
  ),
  command(
    'zip',
    [{ text: 'zip', guard: /(?<=\b|\bun)zip\s/ }],
    `\\b(?:un)?zip\\s[^\\n]{0,80}?-P\\s*${GIVEN}`,
  ),
  command('7z', [{ text: '7z', guard: /\b7z[ar]?\s/ }], `\\b7z[ar]?\\s+\\w\\s[^\\n]{0,80}?-p${GIVEN}`),
  command('smbclient', [{ text: '-u', guard: /(?<=\s)-U/ }], `\\s-U\\s*["']?[^\\s%"'$]{1,60}%${GIVEN}`),
  command('net-user', [{ text: 'net', guard: /\bnet\s+user\s/ }], `\\bnet\\s+user\\s+\\S+\\s+[^\\s/*$%]{4,}`),
  command(
    'net-use',
    [{ text: 'net', guard: /\bnet\s+use\s/ }],
    `\\bnet\\s+use\\s[^\\n]{0,100}(?:\\s[^\\s/\\\\:$%*]{4,}\\s+/user:|/user:\\S+\\s+[^\\s/\\\\$%*]{4,})`,
  ),
  command(
    'kubectl',
    ['kubectl'],
    `\\bkubectl\\s[^\\n]{0,200}\\bsecret\\b[^\\n]{0,200}--from-literal[\\s=]["']?[\\w.-]+=${GIVEN}`,
  ),
  command(
    'vault',
    [{ text: 'vault', guard: /\bvault\s/ }],
    `\\bvault\\s+(?:kv\\s+)?(?:write|put)\\s[^\\n]{0,200}?\\s\\w+=${GIVEN}`,
  ),
  command(
    'tool-configuration',
    ['aws', 'npm', 'git', 'composer'].map((tool) => ({
      text: tool,
      guard: new RegExp(`\\b${tool}\\s+config`),
    })),
    `\\b(?:aws\\s+configure|npm\\s+config|git\\s+config|composer\\s+config)\\s[^\\n]{0,200}?(?:secret\\w*|token|password|_auth\\w*)\\s+${GIVEN}`,
  ),
  command(
    'router-enable',
    ['enable'].map((text) => ({ text, guard: /\benable\s+(?:secret|password)\s/ })),
    `\\benable\\s+(?:secret|password)\\s+(?:\\d\\s+)?${GIVEN}`,
    CISCO,
  ),
  command(
    'router-user',
    [{ text: 'username', guard: /\busername\s/ }],
    `^\\s*username\\s+(?!and\\b|or\\b)\\S+\\s[^\\n]{0,60}?(?:secret|password)\\s+(?:\\d\\s+)?${GIVEN}`,
    CISCO,
  ),
  command('snmp-community', ['snmp-server'], `\\bsnmp-server\\s+community\\s+${GIVEN}`, CISCO),
  command(
    'router-key',
    ['tacacs-server', 'radius-server', 'isakmp', 'pre-shared-key'],
    `\\b(?:tacacs-server|radius-server|isakmp)\\s+key\\s+(?:\\d\\s+)?${GIVEN}|\\bpre-shared-key\\s+(?:\\w+\\s+)?${GIVEN}`,
    CISCO,
  ),
  command(
    'password-line',
    [{ text: 'pass', guard: /pass\w{0,20}\s/ }],
    `^\\s*(?:password|passwd|pass|requirepass|masterauth)\\s+(?!${TYPE})${GIVEN}\\s*$`,
    'netrc over lines, redis.conf',
  ),
  command(
    'fetchmail',
    [{ text: 'user', guard: /\buser\s/ }],
    `\\buser\\s+\\S+\\s[^\\n]{0,60}?\\bpass(?:word)?\\s+${GIVEN}\\s*$`,
  ),
];

const SQL = 'https://www.postgresql.org/docs/current/sql-alterrole.html and its like';

/** Statements of SQL, where a space stands between a name and its value. */
const STATEMENTS: readonly Rule[] = [
  {
    id: 'sql-identified-by-literal',
    keywords: ['identified'],
    pattern:
      /\bIDENTIFIED\s+(?:WITH\s+["'`]?\w+["'`]?\s+)?(?:BY|AS)\s+(?:PASSWORD\s+)?["'][^"'\n<>${%?]{4,}["']/i,
    source: SQL,
  },
  {
    id: 'sql-identified-by-word',
    keywords: ['IDENTIFIED'],
    pattern: /\bIDENTIFIED\s+BY\s+[^\s"'`;:<>${%?@][^\s"'`;]{3,}/,
    source: SQL,
  },
  {
    id: 'sql-password',
    keywords: ['password'],
    pattern: /\bPASSWORD\s+(?:FOR\s+[^=\n]{1,80}=\s*)?(?:PASSWORD\s*\()?N?'[^'\n<>${%?]{4,}'/i,
    source: SQL,
  },
  {
    id: 'sql-function',
    keywords: ['sp_addlogin', 'pgp_sym_', 'aes_'],
    pattern:
      /\b(?:sp_addlogin|pgp_sym_(?:en|de)crypt|aes_(?:en|de)crypt)\b\s*\(?[^\n]{0,200}?,\s*N?'[^'\n${?]{4,}'/i,
    source: SQL,
  },
];

/** Commands and statements that give a credential. */
export const COMMAND_RULES: readonly Rule[] = [...COMMANDS, ...STATEMENTS];
