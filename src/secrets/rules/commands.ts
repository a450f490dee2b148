/** A value written out on a command line, neither a variable nor an option. */
const GIVEN = /["']?[^\s$"'<>{}()|;&-][^\s"'$]{3,}/.source;

/** Options of commands whose names do not say that a credential follows. */
const COMMAND_FORMS = new RegExp(
  [
    `\\blogin\\b[^\\n]{0,200}?\\s-p[\\s=]+${GIVEN}`, // docker, podman, helm, az
    `\\becho\\s[^\\n|$]{4,200}\\|[^\\n]{0,60}(?:\\bchpasswd\\b|\\bsudo\\s+-S|\\bpassword-stdin\\b|\\bpasswd\\b)`,
    `\\b(?:ch)?passwd\\b[^\\n]{0,60}<<<\\s*${GIVEN}`,
    `\\bhtpasswd\\s+-\\w{0,8}b\\w{0,8}\\s[^\\n$]+$`,
    `\\bopenssl\\b[^\\n]{0,200}?\\s-[kK]\\s+${GIVEN}`,
    `\\bldap\\w{3,8}\\s[^\\n]{0,200}?-w\\s*${GIVEN}`,
    `\\bredis-cli\\s[^\\n]{0,200}?-a\\s+${GIVEN}`,
    `\\bmongo\\w*\\s[^\\n]{0,200}?-p\\s+${GIVEN}`,
    `\\bmysql\\w*\\s[^\\n]{0,200}?-p${GIVEN}`,
    `\\b(?:sqlcmd|bcp|osql)\\s[^\\n]{0,200}?-P\\s*${GIVEN}`,
    `\\b(?:un)?zip\\s[^\\n]{0,80}?-P\\s*${GIVEN}`,
    `\\b7z[ar]?\\s+\\w\\s[^\\n]{0,80}?-p${GIVEN}`,
    `\\s-U\\s*["']?[^\\s%"'$]{1,60}%${GIVEN}`, // smbclient and its kin
    `\\bnet\\s+user\\s+\\S+\\s+[^\\s/*$%]{4,}`,
    `\\bnet\\s+use\\s[^\\n]{0,100}(?:\\s[^\\s/\\\\:$%*]{4,}\\s+/user:|/user:\\S+\\s+[^\\s/\\\\$%*]{4,})`,
    `\\bkubectl\\s[^\\n]{0,200}\\bsecret\\b[^\\n]{0,200}--from-literal[\\s=]["']?[\\w.-]+=${GIVEN}`,
    `\\bvault\\s+(?:kv\\s+)?(?:write|put)\\s[^\\n]{0,200}?\\s\\w+=${GIVEN}`,
    `\\b(?:aws\\s+configure|npm\\s+config|git\\s+config|composer\\s+config)\\s[^\\n]{0,200}?(?:secret\\w*|token|password|_auth\\w*)\\s+${GIVEN}`,
    `\\benable\\s+(?:secret|password)\\s+(?:\\d\\s+)?${GIVEN}`, // routers and switches
    `\\busername\\s+\\S+\\s[^\\n]{0,60}?(?:secret|password)\\s+(?:\\d\\s+)?${GIVEN}`,
    `\\bsnmp-server\\s+community\\s+${GIVEN}`,
    `\\b(?:tacacs-server|radius-server|isakmp)\\s+key\\s+(?:\\d\\s+)?${GIVEN}`,
    `\\bpre-shared-key\\s+(?:\\w+\\s+)?${GIVEN}`,
    `^\\s*(?:password|passwd|pass)\\s+${GIVEN}\\s*$`, // netrc over lines
    `\\buser\\s+\\S+\\s[^\\n]{0,60}?\\bpass(?:word)?\\s+${GIVEN}\\s*$`, // fetchmail
  ].join('|'),
);

/** Statements of SQL, where a space stands between a name and its value. */
const SQL_FORMS: readonly RegExp[] = [
  /\bIDENTIFIED\s+(?:WITH\s+["'`]?\w+["'`]?\s+)?(?:BY|AS)\s+(?:PASSWORD\s+)?["'][^"'\n<>${%?]{4,}["']/i,
  /\bIDENTIFIED\s+BY\s+[^\s"'`;:<>${%?@][^\s"'`;]{3,}/,
  /\b(?:sp_addlogin|pgp_sym_(?:en|de)crypt|aes_(?:en|de)crypt)\b\s*\(?[^\n]{0,200}?,\s*N?'[^'\n${?]{4,}'/i,
];

/** `INSERT INTO users (name, password) VALUES`; the rows follow on the same line or on the next ones. */
const INSERTED = /\binsert\s+into\s(.{0,1000}?)\)\s*(?:values|select)\b/is;
const CREDENTIAL_COLUMN = /passw|pwd|secret|token|api_?key/i;

/** Whether a command or a statement on the line gives a credential. */
export function givesCredential(line: string): boolean {
  return COMMAND_FORMS.test(line) || SQL_FORMS.some((form) => form.test(line));
}

/** What follows `VALUES` where credentials are inserted into a table, or undefined. */
export function insertedRows(line: string): string | undefined {
  const start = line.search(/\binsert\s+into\s/i);
  const inserted = start === -1 ? null : INSERTED.exec(line.slice(start, start + 2000));
  if (inserted === null || !CREDENTIAL_COLUMN.test(inserted[1])) return undefined;
  return line.slice(start + inserted.index + inserted[0].length);
}
