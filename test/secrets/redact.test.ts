import { describe, expect, it } from 'vitest';
import { Yielder } from '../../src/common/yielder.ts';
import { redact } from '../../src/secrets/redact.ts';

const remove = (path: string, text: string) => redact(text, path, new Yielder(undefined));

/** Stands for the secret; everything that holds it must go. */
const CANARY = 'Canary-7f3aQz91';

const planted: Record<string, Record<string, string>> = {
  'main.c': {
    'a macro': `#define API_TOKEN "${CANARY}"`,
    'a macro over two lines': `#define API_TOKEN \\\n  "${CANARY}"`,
    'a macro without quotes': `#define API_TOKEN ${CANARY}`,
    'an array': `static const char db_password[] = "${CANARY}";`,
    'a sized array': `char password[32] = "${CANARY}";`,
    'a member': `cfg->password = "${CANARY}";`,
    'a designated initialiser': `  .client_secret = "${CANARY}",`,
    'a wide literal': `const wchar_t *pwd = L"${CANARY}";`,
    'joined literals': `const char *secret = "abcdefgh"\n  "${CANARY}"\n  "${CANARY}";`,
    'a list': `const char *api_tokens[] = {\n  "first-one",\n  "${CANARY}",\n};`,
    'a connection string': `conn = PQconnectdb("host=db user=me password=${CANARY} dbname=x");`,
    'a comparison': `if (password == "${CANARY}") {`,
    'a comment': `/* the password=${CANARY} works */`,
    'a wireless key': `static const char wifi_psk[] = "${CANARY}";`,
    'a short name': `const char *pw = "${CANARY}";`,
    'a phrase of words': `const char *passphrase = "correct horse ${CANARY} staple";`,
    'a comment with a colon': `// token: ${CANARY}`,
  },
  'app.ts': {
    'a constant': `const apiKey = '${CANARY}';`,
    'a typed constant': `const apiKey: string = '${CANARY}';`,
    'a readonly field': `  private readonly clientSecret: string | undefined = "${CANARY}";`,
    'a property': `  clientSecret: '${CANARY}',`,
    'a quoted property': `  'client-secret': \`${CANARY}\`,`,
    'an index': `config['password'] = '${CANARY}';`,
    'the next line': `const accessToken =\n  '${CANARY}';`,
    'the next line in brackets': `const accessToken = (\n  '${CANARY}'\n);`,
    'a line after a blank one': `const accessToken =\n\n  '${CANARY}';`,
    'a sum': `const token = 'abcdefgh' +\n  '${CANARY}';`,
    'a sum that begins empty': `const token = '' +\n  '${CANARY}';`,
    'a template over lines': `const secret = \`\n${CANARY}\n\`;`,
    'a fallback': `const token = process.env.TOKEN ?? '${CANARY}';`,
    'a fallback of words': `const token = process.env.TOKEN || 'canarywithoutdigits';`,
    'a setter': `client.setPassword('${CANARY}');`,
    'a setter over lines': `client.setPassword(\n  '${CANARY}',\n);`,
    'a header': `headers: { Authorization: 'Bearer ${CANARY}' },`,
    'a header with a comma': `xhr.setRequestHeader('Authorization', 'Basic ${CANARY}');`,
    'a nested object': `const credentials = {\n  user: 'bob',\n  value: '${CANARY}',\n};`,
    'an array of lines': `const tokens = [\n  '${CANARY}',\n  '${CANARY}',\n];`,
    'an address': `const url = 'postgres://bob:${CANARY}@db.example.com/x';`,
    'an argument pair': `map.set('password', '${CANARY}');`,
    'a property of words only': `  password: 'canarywithoutdigits',`,
    'a commented-out line': `// const password = '${CANARY}';`,
    'a query': `fetch('https://example.com/?access_token=${CANARY}&x=1');`,
  },
  'app.py': {
    'a constant': `PASSWORD = "${CANARY}"`,
    'an annotated constant': `password: str = "${CANARY}"`,
    'a dictionary': `{"user": "x", "password": "${CANARY}"}`,
    'a keyword argument': `connect(user="x", password="${CANARY}")`,
    'a default': `token = os.environ.get("TOKEN", "${CANARY}")`,
    'a long string': `SECRET_KEY = """\n${CANARY}\nmore\n"""`,
    bytes: `SECRET_KEY = b"${CANARY}"`,
    brackets: `SECRET_KEY = (\n    "${CANARY}"\n)`,
    'a comment': `# password = ${CANARY}`,
  },
  'Main.java': {
    'a constructor': `char[] password = new String("${CANARY}").toCharArray();`,
    'a field': `private static final String API_KEY = "${CANARY}";`,
    'a property call': `props.setProperty("db.password", "${CANARY}");`,
  },
  'index.php': {
    'a define': `define('DB_PASSWORD', '${CANARY}');`,
    'an array': `'password' => '${CANARY}',`,
    'a variable': `$password = '${CANARY}';`,
  },
  'main.go': {
    'a short declaration': `token := "${CANARY}"`,
    'a raw string': 'token := `' + CANARY + '`',
    'a struct': `cfg := Config{Password: "${CANARY}"}`,
  },
  'main.rs': {
    'a static': `const TOKEN: &'static str = "${CANARY}";`,
    'a String': `let password = String::from("${CANARY}");`,
    'a raw string': `let password = r#"${CANARY}"#;`,
  },
  'config.yaml': {
    'a value': `password: ${CANARY}`,
    'a quoted value': `password: "${CANARY}"`,
    'a list item': `- api_key: ${CANARY}`,
    'the next line': `password:\n  "${CANARY}"`,
    'the next line without quotes': `password:\n  ${CANARY}`,
    'the next line, quoted, not indented': `password:\n"${CANARY}"`,
    'a block': `private_key: |\n  first line\n  ${CANARY}\n\n  ${CANARY}\n`,
    'a folded block': `token: >-\n  abcdefg\n  ${CANARY}\n`,
    'a plain value over lines': `token: abcdefgh\n  ${CANARY}`,
    'a quoted value over lines': `token: "abcdefgh\n  ${CANARY}\n  end"`,
    'a list': `tokens:\n  - ${CANARY}\n  - "${CANARY}"`,
    'a list not indented': `tokens:\n- ${CANARY}\n- other-one`,
    'a mapping': `credentials:\n  user: bob\n  anything: ${CANARY}`,
    'a flow mapping': `db: {user: bob, password: ${CANARY}}`,
    'an environment variable': `env:\n  - name: DB_PASSWORD\n    value: ${CANARY}`,
    'an environment variable, quoted': `env:\n  - name: "DB_PASSWORD"\n    value: "${CANARY}"`,
    words: 'password: correct-horse-battery',
    'a comment': `# password: ${CANARY}`,
    'a short one': 'password: hunter2',
    'a value after a comment': `password:\n  # the new one\n  ${CANARY}`,
    'a tagged value': `password: !!str ${CANARY}`,
    'an anchor': `password: &pw ${CANARY}`,
    'a key in a kubeconfig': `client-key-data: ${CANARY}`,
    'a passphrase': `password: ${CANARY} battery staple`,
    'a compose list': `- POSTGRES_PASSWORD=${CANARY}`,
    'a shell default': `password: \${PASSWORD:-${CANARY}}`,
  },
  'config.json': {
    'a value': `{ "client_secret": "${CANARY}" }`,
    'one of many on a line': `{"a":1,"client_secret":"${CANARY}","b":2}`,
    'the next line': `  "client_secret":\n    "${CANARY}",`,
    'the operator on the next line': `  "client_secret"\n    : "${CANARY}",`,
    'a list': `  "apiKeys": [\n    "${CANARY}",\n    "${CANARY}"\n  ]`,
    'a list on one line': `  "apiKeys": ["abc", "${CANARY}"]`,
    'an object': `  "credentials": {\n    "user": "bob",\n    "anything": "${CANARY}"\n  }`,
    'name and value': `{ "name": "DB_PASSWORD", "value": "${CANARY}" }`,
    'name and value on two lines': `  "name": "DB_PASSWORD",\n  "value": "${CANARY}"`,
    'a connection string': `"ConnectionStrings": { "Default": "Server=x;User Id=sa;Password=${CANARY};" }`,
  },
  'app.properties': {
    'a value': `spring.datasource.password=${CANARY}`,
    'a spaced value': `db.password = ${CANARY}`,
    'a colon': `db.password: ${CANARY}`,
    'a continued value': `db.password=abcdefgh\\\n    ${CANARY}\\\n    ${CANARY}`,
    'a value that begins on the next line': `db.password=\\\n    ${CANARY}`,
  },
  'setup.ini': { 'a value': `[db]\npassword = ${CANARY}`, 'a quoted value': `api-key="${CANARY}"` },
  'deploy.sh': {
    'an export': `export API_TOKEN=${CANARY}`,
    'a quoted export': `export API_TOKEN="${CANARY}"`,
    'a prefix': `A=1 TOKEN=${CANARY} ./run`,
    'an option': `mysql --user=x --password=${CANARY}`,
    'a spaced option': `login --password ${CANARY}`,
    'a header': `curl -H "Authorization: Bearer ${CANARY}" https://example.com`,
    'basic authentication': `curl -u bob:${CANARY} https://example.com`,
    'a continued line': `export API_TOKEN=\\\n${CANARY}`,
    'a header of its own': `curl -H 'X-Api-Key: ${CANARY}' https://example.com`,
    'a here document': `TOKEN=$(cat <<EOF\n${CANARY}\nEOF\n)`,
  },
  Dockerfile: { 'an ENV': `ENV API_TOKEN ${CANARY}`, 'an ENV with =': `ENV API_TOKEN=${CANARY}` },
  'web.config': {
    'an element': `<password>${CANARY}</password>`,
    'an element over lines': `<password>\n  ${CANARY}\n</password>`,
    'an attribute': `<user name="x" password="${CANARY}"/>`,
    'key and value': `<add key="Password" value="${CANARY}" />`,
    'a nested value': `<data name="Password">\n  <value>${CANARY}</value>\n</data>`,
    'a property list': `<key>Password</key>\n<string>${CANARY}</string>`,
    'a connection string': `connectionString="Data Source=x;User ID=sa;Password=${CANARY}"`,
  },
  'main.tf': {
    'a value': `  password = "${CANARY}"`,
    'a here document': `  private_key = <<-EOT\n    ${CANARY}\n  EOT`,
  },
  'README.md': {
    'a sentence': `Log in with password: ${CANARY}.`,
    'a line': 'Password: swordfish',
    'an emphasised name': `**Password:** ${CANARY}`,
    'a code span': `Password: \`${CANARY}\``,
    'a table': `| Password | ${CANARY} |`,
    'a sentence with is': `The API key is ${CANARY}.`,
    'an assignment': `TOKEN=${CANARY}`,
    'a code block': '```yaml\npassword: "' + CANARY + '"\n```',
  },
  'init.sql': {
    'a user': `CREATE USER x WITH PASSWORD '${CANARY}';`,
    'a MySQL user': `CREATE USER 'x'@'%' IDENTIFIED BY PASSWORD '${CANARY}';`,
  },
  'calls.py': {
    'a positional password': `connect(MySQLdb.connect('host', 'root', 'canarywithoutdigits', 'db'))`,
    'basic authentication': `requests.get(u, auth=HTTPBasicAuth('bob', 'canarywithoutdigits'))`,
    'a key that signs': `jwt.encode(payload, 'canarywithoutdigits', algorithm='HS256')`,
    'a pair': `user, password = 'bob', 'canarywithoutdigits'`,
    'an option with a default': `parser.add_argument('--password', default='canarywithoutdigits')`,
    'a login': `smtp.login('bob@example.com', 'canarywithoutdigits')`,
  },
  'calls.c': {
    'a comparison': `if (strcmp(password, "canarywithoutdigits") == 0) return;`,
    'a copy': `strncpy(cfg.sta.password, "canarywithoutdigits", 32);`,
    'a connection': `mysql_real_connect(c, "host", "root", "canarywithoutdigits", "db", 0, NULL, 0);`,
    'user and password': `curl_easy_setopt(c, CURLOPT_USERPWD, "bob:canarywithoutdigits");`,
    'an initialiser in braces': `std::string password{"canarywithoutdigits"};`,
  },
  'calls.ts': {
    'a typed password': `await page.fill('input[name="password"]', 'canarywithoutdigits');`,
    'an expected password': `expect(password).toBe('canarywithoutdigits');`,
    'a compared password': `if (password === 'canarywithoutdigits') {`,
    'an address in parts': `const url = 'mysql://root:' + 'canarywithoutdigits' + '@localhost';`,
    'encoded on the way': "const header = `Basic ${btoa('bob:canarywithoutdigits')}`;",
    'quotes in quotes': `const body = "{\\"user\\":\\"bob\\",\\"password\\":\\"canarywithoutdigits\\"}";`,
    'a query in an address': `open('jdbc:mysql://host/x?user=a&password=canarywithoutdigits');`,
    'a long string of no words': `const x = 'q7Zk${'f4H9sD2mWx8LpV3nB6'}canary';`,
  },
  'calls.java': {
    'a default': '@Value("${db.password:canarywithoutdigits}")',
    'a connection': `DriverManager.getConnection("jdbc:mysql://x", "root", "canarywithoutdigits");`,
  },
  'calls.go': {
    bytes: `var jwtKey = []byte("canarywithoutdigits")`,
    'a data source': `sql.Open("mysql", "root:canarywithoutdigits@tcp(127.0.0.1:3306)/x")`,
    'a flag': `flag.String("password", "canarywithoutdigits", "the password")`,
  },
  'more.cs': { 'a property with a value': `public string Password { get; set; } = "canarywithoutdigits";` },
  'more.sh': {
    'a login': `docker login -u bob -p canarywithoutdigits`,
    'a quoted option': `mysql -u root -p"canarywithoutdigits" -e x`,
    'standard input': `echo canarywithoutdigits | docker login --password-stdin`,
    chpasswd: `echo "root:canarywithoutdigits" | chpasswd`,
    'a literal for a cluster': `kubectl create secret generic x --from-literal=foo=canarywithoutdigits`,
    'an option of a name': `keytool -genkey -storepass canarywithoutdigits`,
    'a printed value': `PASSWORD=$(echo canarywithoutdigits)`,
  },
  'more.sql': {
    'a user': `CREATE USER bob IDENTIFIED BY 'canarywithoutdigits';`,
    'a user without quotes': `CREATE USER bob IDENTIFIED BY canarywithoutdigits;`,
    'a row': `INSERT INTO users (name, password) VALUES ('bob', 'canarywithoutdigits');`,
    'rows below': `INSERT INTO users (name, password) VALUES\n ('bob', 'canarywithoutdigits'),\n ('al', 'canarytoo');`,
  },
  'more.tf': {
    'the default of a variable': `variable "db_pass" {\n  description = "the pass"\n  type = string\n  sensitive = true\n  default = "canarywithoutdigits"\n}`,
    'a parameter with a path': `  name  = "/db/password"\n  type  = "SecureString"\n  value = "canarywithoutdigits"`,
  },
  'more.yaml': {
    'words behind an anchor': `password: &pw canarywithoutdigits`,
    'a list of arguments': `command: ["redis-server", "--requirepass", "canarywithoutdigits"]`,
    'an encrypted value': `vault: !vault |\n  a9f3c1d27b604e8895d2f10c63ab7e42 canary`,
  },
  'hosts.htdigest.txt': {
    'a hash': 'bob:{SHA}canary1canary2canary3=',
    'an entry of shadow': 'bob:canary1canar2:18000:0:99999:7:::',
  },
  'more.md': { 'a table below its header': `| user | password |\n|---|---|\n| bob | canarywithoutdigits |` },
  'key.txt': {
    'a key for OpenVPN': `-----BEGIN OpenVPN Static key V1-----\ncanary\n-----END OpenVPN Static key V1-----`,
  },
  'router.cfg': { 'a user': `username bob privilege 15 secret 0 canarywithoutdigits` },
  'korean.yaml': { 'another language': `비밀번호: ${CANARY}` },
};

describe('redact', () => {
  for (const [path, cases] of Object.entries(planted)) {
    for (const [name, secret] of Object.entries(cases)) {
      it(`removes ${name} from ${path}`, async () => {
        const { text, removed } = await remove(path, `before = 1\n\n${secret}\n\nafter = 2\n`);
        expect(text).not.toMatch(/canary|swordfish|hunter2|correct-horse/i);
        expect(text).toContain('before = 1\n');
        expect(text).toContain('\nafter = 2\n');
        expect(removed.length).toBeGreaterThan(0);
      });
    }
  }

  const body = Array.from({ length: 6 }, (_, i) => `MIIE${CANARY}${i}`.padEnd(64, 'A')).join('\n');
  const blocks: Record<string, string> = {
    'an RSA key': `-----BEGIN RSA PRIVATE KEY-----\n${body}\n-----END RSA PRIVATE KEY-----`,
    'an encrypted key': `-----BEGIN ENCRYPTED PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n${body}\n-----END ENCRYPTED PRIVATE KEY-----`,
    'an OpenSSH key': `-----BEGIN OPENSSH PRIVATE KEY-----\n${body}\n-----END OPENSSH PRIVATE KEY-----`,
    'a PGP key': `-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${body}\n-----END PGP PRIVATE KEY BLOCK-----`,
    'an SSH2 key': `---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n${body}\n---- END SSH2 ENCRYPTED PRIVATE KEY ----`,
    'an indented key': `key: |\n  -----BEGIN PRIVATE KEY-----\n  ${body.replaceAll('\n', '\n  ')}\n  -----END PRIVATE KEY-----`,
    'a key in a literal': `k = "-----BEGIN PRIVATE KEY-----\\n${CANARY}\\n-----END PRIVATE KEY-----"`,
    'a key in joined literals': `k = "-----BEGIN PRIVATE KEY-----\\n" +\n "${CANARY}\\n" +\n "-----END PRIVATE KEY-----"`,
    'a commented key': `# -----BEGIN PRIVATE KEY-----\n# ${CANARY}\n# -----END PRIVATE KEY-----`,
  };
  for (const [name, block] of Object.entries(blocks)) {
    it(`removes ${name}`, async () => {
      const { text } = await remove('notes.txt', `before\n${block}\nafter\n`);
      expect(text).not.toContain(CANARY);
      expect(text).toMatch(/^before\n(key: \|\n)?after\n$/);
    });
  }

  it('leaves out whole manifests of Secrets, and no others', async () => {
    const secret = `apiVersion: v1\ndata:\n  anything: canary\nkind: Secret\n`;
    const other = 'kind: ConfigMap\ndata:\n  a: b\n';
    expect((await remove('x.yaml', `${other}---\n${secret}---\n${other}`)).text).toBe(
      `${other}---\n---\n${other}`,
    );
    expect((await remove('x.json', '{\n"kind": "Secret",\n"data": {\n"a": "canary"\n}\n}\n')).text).toBe('');
    expect((await remove('x.sh', `cat <<EOF\n${secret}EOF\nls\n`)).text).toBe('cat <<EOF\nEOF\nls\n');
  });

  it('removes a passphrase of plain words, but not a text about passwords', async () => {
    const text = 'passwd: "open sesame quickly"\nhint: x\npassword: "Enter your new password"\n';
    const { text: left } = await remove('app.yaml', text);
    expect(left).toBe('hint: x\npassword: "Enter your new password"\n');
  });

  it('removes a key that is never closed', async () => {
    const { text } = await remove('notes.txt', `before\n-----BEGIN PRIVATE KEY-----\n${CANARY}\n${CANARY}`);
    expect(text).toBe('before\n');
  });

  it('takes a table with a column of credentials for credentials', async () => {
    expect((await remove('users.csv', `name,password\nbob,${CANARY}\n`)).text).toBe('');
    expect((await remove('users.csv', 'name,age\nbob,7\n')).text).toBe('name,age\nbob,7\n');
  });

  const known = [
    'AKIA' + 'IOSFODNN7EXAMPLE',
    'ghp_' + 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8',
    'github_pat_' + '11ABCDEFG0abcdefghijkl_mnop',
    'xoxb-' + '123456789012-abcdefghijkl',
    'AIza' + 'SyA1234567890abcdefghijklmnopqrstuv',
    'sk_live_' + '4eC39HqLyjWDarjtT1zdp7dc',
    'eyJhbGciOiJIUzI1NiJ9' + '.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9',
    'npm_' + 'abcdefghijklmnopqrstuvwxyz0123456789',
    'glpat-' + 'abcdefghijklmnopqrst',
    'sk-ant-' + 'api03-abcdefghijklmnop',
    'SG.' + 'abcdefghijklmnop1234.abcdefghijklmnopqrstuvwxyz',
    'SK' + '0123456789abcdef0123456789abcdef',
    'AccountKey=' + 'Zm9vYmFyYmF6cXV4==',
    'redis://:s3cretpw@host:6379',
    'machine example.com login bob password s3cret',
  ];
  for (const value of known) {
    it(`removes ${value.slice(0, 12)}… by its form`, async () => {
      expect((await remove('a.ts', `f(x);\nf('${value}');\n`)).text).toBe('f(x);\n');
      expect((await remove('a.md', `text\nsee ${value} there\n`)).text).toBe('text\n');
    });
  }

  const kept: Record<string, string[]> = {
    'fs.c': [
      'token = match_token(p, tokens, args);',
      'static const match_table_t tokens = {',
      '\t{Opt_token, "token=%s"},',
      'char *token = strsep(&buf, ", \\t\\n");',
      'int password_len = strlen(password);',
      '#define TOKEN_SIZE 4096',
      '#define AUTH_TIMEOUT (5 * HZ)',
      'pr_err("bad token: unexpected end\\n");',
      'ctx->secret = sha256_secret;',
      'if (!passwd) return -EINVAL;',
      'MODULE_PARM_DESC(key, "public key");',
      "token = ';';",
      ' * @token: the token that was read',
      '#include <linux/cred.h>',
      ' * coverage for the code section identified by this handle.',
      'u64 mask = 0xc761c23c1234abcdULL;',
      '#define PLL_VCO_CFG_1A2B 0x1a2b3c',
    ],
    'app.ts': [
      'const token = await getToken();',
      'const token = process.env.TOKEN;',
      "const password = process.env['PASSWORD'];",
      "export type TokenKind = 'identifier' | 'keyword';",
      '  password: string;',
      'interface Credentials { password: string; token?: string }',
      "const tokenType = 'Bearer';",
      "<input type='password' name='password' />",
      'headers: { Authorization: `Bearer ${token}` },',
      "const apiKey = '<your-api-key>';",
      "const secret = '';",
      "const secret = 'changeme';",
      "import { Token } from './token.ts';",
      'while (this.token !== SyntaxKind.EndOfFileToken) {',
      "throw new Error('token expected');",
      "  password: 'Enter your password',",
      "const PASSWORD_FIELD = 'password';",
      'const url = `https://${user}:${password}@example.com`;',
      'const author = "Somebody Important";',
      'registerCommand("tokenizer.start", run);',
      'header.writeBigUInt64LE(convertUtf8ToUtf16LittleEndian(x));',
      "if (password === '') return;",
      "createHmac('sha256', key).update(text).digest('hex');",
      "const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';",
    ],
    'config.yaml': [
      'password: ${DB_PASSWORD}',
      'token: ${{ secrets.GITHUB_TOKEN }}',
      'password: "{{ vault_password }}"',
      'password: null',
      'max_tokens: 4096',
      'tokenizer: gpt2',
      'author: Somebody',
      'secret: true',
      'password: <password>',
    ],
    'deploy.sh': ['TOKEN=$1', 'PASSWORD=$(pass show db)', 'read -s PASSWORD', 'export TOKEN="${TOKEN}"'],
    'README.md': [
      'The token: a string that names the session.',
      'Set `API_TOKEN` before you start.',
      'It asks for a password, then goes on.',
      'postgres://user:password@localhost/db',
    ],
  };
  for (const [path, lines] of Object.entries(kept)) {
    for (const line of lines) {
      it(`keeps ${line.trim()} in ${path}`, async () => {
        const text = `first();\n${line}\nlast();\n`;
        expect((await remove(path, text)).text).toBe(text);
      });
    }
  }

  it('says which lines it removed, neighbours together', async () => {
    const text = `a\npassword: "${CANARY}"\nb\ntoken: "${CANARY}"\nsecret: "${CANARY}"\n`;
    expect((await remove('x.yaml', text)).removed).toEqual([
      { first: 2, last: 2 },
      { first: 4, last: 5 },
    ]);
  });
});
