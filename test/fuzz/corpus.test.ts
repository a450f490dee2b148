import fc from '../fast-check.ts';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { Yielder } from '../../src/common/yielder.ts';
import { IgnoreRules } from '../../src/corpus/files/ignore-rules.ts';
import { decodeText } from '../../src/corpus/index.ts';
import { prepareText } from '../../src/corpus/text/prepare-text.ts';
import { mutated } from './mutations.ts';
import { RUNS, SEED } from './runs.ts';

const parameters = { numRuns: RUNS, seed: SEED };

const TEXTS = [
  ['int grün = 1; // über die Brücke, naïve\n', 'windows-1252'],
  ['имя = "значение" // комментарий\n', 'windows-1251'],
  ['名前 = "値" # 日本語の説明\n', 'shift_jis'],
  ['이름 = "값" // 한국어 설명\n', 'euc-kr'],
  ['let ünï = "cødé 😀";\r\n', 'utf-8'],
  ['wide 😀 text\r\n', 'utf-16le'],
] as const;

const someBytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  ...TEXTS.map(([text, encoding]) => mutated(iconv.encode(text.repeat(6), encoding))),
);

describe('hostile files', () => {
  it('are decoded to text without what no file holds, or left out for a reason', async () => {
    await fc.assert(
      fc.asyncProperty(someBytes, async (bytes) => {
        const decoded = await decodeText(bytes);
        if ('reason' in decoded) {
          expect(decoded.reason).toMatch(/^[^\p{Cc}]+$/u);
          return;
        }
        expect(decoded.text).not.toMatch(/\0/);
        const prepared = await prepareText('/w/a.c', bytes, { named: true }, new Yielder(undefined));
        if ('reason' in prepared) return;
        expect(prepared.text).not.toContain('\r');
        expect(prepared.text).toBe(prepared.text.normalize('NFC'));
      }),
      parameters,
    );
  });

  it('of ignore rules answer for every path', () => {
    const piece = fc.constantFrom(
      '*',
      '**',
      '/',
      '!',
      '[',
      ']',
      '\\',
      '?',
      ' ',
      '#',
      'a',
      'b.c',
      '{',
      '(',
      '.',
      '\u0301',
      '\r',
    );
    const pattern = fc.oneof(
      fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join('')),
      fc.string({ maxLength: 12 }),
    );
    const name = fc.constantFrom('a', 'b.c', 'build', 'ü', '[x]', 'a b', '#', '!a');
    const paths = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
    fc.assert(
      fc.property(
        fc.array(pattern, { maxLength: 5 }),
        fc.constantFrom('', 'a', 'a/[x]'),
        paths,
        (lines, folder, path) => {
          const rules = IgnoreRules.none.with(folder, lines.join('\n'));
          expect(typeof rules.ignoresFile(path)).toBe('boolean');
          expect(typeof rules.ignoresFolder(path)).toBe('boolean');
          expect(IgnoreRules.none.with('', '').ignoresFile(path)).toBe(false);
        },
      ),
      parameters,
    );
  });
});
