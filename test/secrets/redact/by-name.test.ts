import { describe, expect, it } from 'vitest';
import { CANARY, remove } from './remove.ts';

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

  it('removes a passphrase of plain words, but not a text about passwords', async () => {
    const text = 'passwd: "open sesame quickly"\nhint: x\npassword: "Enter your new password"\n';
    const { text: left } = await remove('app.yaml', text);
    expect(left).toBe('hint: x\npassword: "Enter your new password"\n');
  });

  it('says which lines it removed, neighbours together', async () => {
    const text = `a\npassword: "${CANARY}"\nb\ntoken: "${CANARY}"\nsecret: "${CANARY}"\n`;
    expect((await remove('x.yaml', text)).removed).toEqual([
      { first: 2, last: 2 },
      { first: 4, last: 5 },
    ]);
  });
});
