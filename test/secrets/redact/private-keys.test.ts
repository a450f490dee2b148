import { describe, expect, it } from 'vitest';
import { CANARY, remove } from './remove.ts';

describe('redact', () => {
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

  it('removes a key that is never closed', async () => {
    const { text } = await remove('notes.txt', `before\n-----BEGIN PRIVATE KEY-----\n${CANARY}\n${CANARY}`);
    expect(text).toBe('before\n');
  });
});
