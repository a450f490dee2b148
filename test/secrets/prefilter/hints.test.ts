import fc from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { LineHints } from '../../../src/secrets/prefilter/hints.ts';
import { LineDetector } from '../../../src/secrets/detector/line-detector.ts';
import { Yielder } from '../../../src/common/yielder.ts';
import { redact } from '../../../src/secrets/redact.ts';
import { sourceContext } from '../../../src/secrets/text-kind.ts';

/** What credentials are made of, so that chance puts some of every form together. */
const fragments = [
  ...[
    'password',
    'apiKey',
    'api_token',
    'pw',
    'pa*ss*word',
    'client`Secret`',
    '비밀번호',
    'ПАРОЛЬ',
    'hasŁo',
    'LÖSENORD',
  ],
  ...[
    'AKIA',
    'ghp_',
    'glpat-',
    'xoxb-',
    'AIza',
    'sk_live_',
    'eyJ',
    'npm_',
    'sk-',
    'SG.',
    'hvs.',
    '_v1_',
    '$2a$10$',
    '{SSHA}',
  ],
  ...[
    'root:x',
    ':0:',
    ':::',
    '::',
    '://bob:',
    '@host',
    '@tcp(',
    'jdbc:oracle:thin:',
    'btoa("',
    'curl -u ',
    '?sig=',
  ],
  ...[
    'docker login -p ',
    'echo ',
    '| sudo -S',
    'openssl enc -k ',
    'mysql -p',
    'zip -P ',
    'unzip -P ',
    '7z a -p',
    ' -U bob%',
  ],
  ...[
    'net user bob ',
    'net use x /user:',
    'vault write x ',
    'IDENTIFIED BY ',
    'aes_encrypt(x, ',
    'INSERT INTO u (password) VALUES ',
  ],
  ...[
    'getConnection(',
    'PDO(',
    'WiFi.begin(',
    'createUser(',
    'bcrypt.hash(',
    'Fernet(',
    'new HmacKey::new(',
    'smtp.login(',
  ],
  ...[
    'abcdef0123456789abcdef0123456789',
    'Zk3Vq9xT7Lw2Rb5N',
    'aB3/xY9+',
    'hunter2x',
    'correct horse',
    '12345678',
    'f00dbabe',
  ],
  ...[
    ' = ',
    ': ',
    '=',
    ', ',
    '"',
    "'",
    '`',
    '(',
    ')',
    '{',
    '}',
    '[',
    '|',
    '*',
    '\\',
    '\\"',
    ' ',
    '  ',
    '\n',
    '\n',
    '\n  ',
    '- ',
  ],
  ...[
    'name: ',
    'value: ',
    'data:\n',
    'the ',
    'int i;',
    'return x;',
    '|---|---|',
    '"""',
    '<<EOF',
    'EOF',
    '中文',
    'é',
  ],
];

const texts = fc
  .array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 30 })
  .map((parts) => parts.join(''));

describe('LineHints', () => {
  it('hide no line that a look at every line would remove', async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.constantFrom('a.c', 'a.yaml', 'a.md'), async (text, path) => {
        const { text: kept } = await redact(text, path, new Yielder(undefined));
        const lines = new LineDetector(sourceContext(path));
        lines.readHeader(text.split('\n')[0]);
        const each = text.split(/(?<=\n)/).filter((line) => !lines.read(line.replace(/\n$/, '')).secret);
        expect(kept).toBe(each.join(''));
      }),
      { numRuns: 2_000 },
    );
  });

  it('pass over lines without any', () => {
    const plain = 'for (int i = 0; i < 10; i++) total += values[i]; // http://example.com/a, 12:30\n'.repeat(
      10_000,
    );
    const hints = new LineHints(`${plain}password\n`, 'code');
    let position = 0;
    let pieces = 0;
    for (; hints.next(position) === hints.end && position < plain.length; pieces++) position = hints.end;
    expect(hints.next(position)).toBe(plain.length + 'pass'.length - 1);
    expect(pieces).toBeGreaterThan(1);
  });
});
