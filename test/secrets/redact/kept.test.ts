import { describe, expect, it } from 'vitest';
import { remove } from './remove.ts';

describe('redact', () => {
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
});
