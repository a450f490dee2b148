import { describe, expect, it } from 'vitest';
import { Yielder } from '../../src/common/yielder.ts';
import { redact } from '../../src/secrets/redact.ts';
import { countRegExpSteps } from './regexp-steps.ts';

/** Texts whose repetition makes careless patterns try again and again. */
const HOSTILE = [
  'token',
  'token=',
  'password:"',
  'eyJ-',
  'eyJ',
  '://a:',
  '-----BEGIN A-----',
  '-----BEGIN A-----"\n',
  'secret=[',
  'authorization: ',
  "a='",
  'key"',
  '\\',
  ' ',
  '=\n',
  'curl -u ',
  'name="password" ',
  'login -p ',
  'echo a |',
  'insert into password) ',
  'IDENTIFIED BY ',
  'htpasswd -b',
  'kind: Secret ',
  'kind: Secret\n',
  'jwt.sign(',
  'password, "',
  '\\"token\\":',
  'aB3',
  '${password:',
  "client.login('a', ",
  'connect(',
  "auth('",
  'INSERT INTO users VALUES (',
  'CREATE TABLE t (password ',
  'copy t (password) from ',
  'MOVE "a',
  '"x" -> ',
  '<password><![CDATA[',
  'value: "a", name: ',
  ';base64,aaaaaaaa',
  'A'.repeat(20) + '1-',
  '0x' + 'ab1'.repeat(30) + ' ',
  'echo a > ',
  'https://a/' + 'b1'.repeat(20) + '/',
  'a.b-c_',
  'парол',
];

/** Doubling a text may double the work; a quadratic part of it would multiply it by four. */
const MAX_RATIO = 2.6;
/** Lines are read in pieces of 4,096 units, so what is not linear in a line shows below that. */
const LINE_LENGTH = 900;
const LINES = 40;

const repeated = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length));
const stepsOf = (text: string, path: string): Promise<number> =>
  countRegExpSteps(() => redact(text, path, new Yielder(undefined)));

describe('the work of redact', () => {
  for (const piece of HOSTILE) {
    it(`is linear in a line of ${JSON.stringify(piece.slice(0, 30))}`, async () => {
      for (const path of ['a.ts', 'a.yaml', 'a.md']) {
        const once = await stepsOf(repeated(piece, LINE_LENGTH), path);
        const twice = await stepsOf(repeated(piece, 2 * LINE_LENGTH), path);
        expect(twice / once, `${path}: ${once}, ${twice}`).toBeLessThan(MAX_RATIO);
      }
    });
  }

  it('is linear in the number of lines', async () => {
    for (const piece of HOSTILE) {
      const line = `${repeated(piece, 60)}\n`;
      const once = await stepsOf(line.repeat(LINES), 'a.yaml');
      const twice = await stepsOf(line.repeat(2 * LINES), 'a.yaml');
      expect(twice / once, `${piece}: ${once}, ${twice}`).toBeLessThan(MAX_RATIO);
    }
  });

  it('counts a pattern that is not linear', async () => {
    const quadratic = (length: number): Promise<number> =>
      countRegExpSteps(() => Promise.resolve(/a+b/.exec('a'.repeat(length))));
    expect((await quadratic(400)) / (await quadratic(200))).toBeGreaterThan(3.5);
  });
});
