import { describe, expect, it } from 'vitest';
import { findPairs } from '../../../src/secrets/detector/pairs.ts';
import type { TextKind } from '../../../src/secrets/text-kind.ts';

describe('findPairs', () => {
  it.each<[TextKind, string]>([
    ['code', 'const password = "hunter22";'],
    ['code', 'config["api_key"] ||= \'swordfish\''],
    ['code', 'Password : constant String := "swordfish";'],
    ['code', 'set thePassword to "swordfish"'],
    ['code', 'clave = "S3villa!2024"'],
    ['config', 'heslo: karel'],
    ['config', '<password><![CDATA[swordfish]]></password>'],
    ['config', 'pin: "4831"'],
    ['prose', 'Kennwort: swordfish'],
  ])('finds the value in %s: %s', (kind, line) => {
    expect(findPairs(line, kind, false).secret).toBe(true);
  });

  it.each<[TextKind, string]>([
    ['code', 'token : "keyword.operator",'],
    ['code', 'mask_token="[MASK]",'],
    ['code', "renderPass = 'forward';"],
    ['code', 'clave = "nombre"'],
    ['code', 'pin = 13'],
    ['config', 'passwordTooShort=At least eight characters please'],
    ['config', 'password: "Mot de passe"'],
    ['config', 'PublicKeyToken=b77a5c561934e089'],
  ])('finds none in %s: %s', (kind, line) => {
    expect(findPairs(line, kind, false)).toMatchObject({ secret: false, valueBefore: false });
  });

  it('takes plain words for texts where an interface speaks', () => {
    const line = '"secretKey": "Geheimer Schlüssel",';
    expect(findPairs(line, 'config', false).secret).toBe(true);
    expect(findPairs(line, 'config', true).secret).toBe(false);
    expect(findPairs('"secretKey": "a8f3b2c9d1",', 'config', true).secret).toBe(true);
  });

  it('says where the value is expected otherwise', () => {
    expect(findPairs('password:', 'config', false).next).toMatchObject({ form: 'value', strength: 'strong' });
    expect(findPairs('const token =', 'code', false).next).toMatchObject({ form: 'value', strength: 'weak' });
    expect(findPairs('- name: DB_PASSWORD', 'config', false)).toMatchObject({
      secret: false,
      next: { form: 'keyed value' },
      valueBefore: true,
    });
  });
});
