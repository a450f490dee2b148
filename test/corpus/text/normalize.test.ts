import fc from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { Yielder } from '../../../src/common/yielder.ts';
import { normalized } from '../../../src/common/text.ts';
import { normalise } from '../../../src/corpus/text/normalize.ts';

const yielder = new Yielder(undefined);

describe('normalise', () => {
  it('is idempotent, composes, and knows one line end, however the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.constantFrom(
            'a',
            'e\u0301',
            '\u0301',
            '\r',
            '\n',
            '\r\n',
            '\uFEFF',
            '한',
            '\u1112\u1161\u11ab',
            '\f',
            '😀',
          ),
        ),
        fc.integer({ min: 0, max: 3 }),
        async (parts, shift) => {
          const text = 'x'.repeat(32 * 1024 - shift) + parts.join('') + 'x'.repeat(10);
          const once = await normalise(text, yielder);
          expect(once).toBe(text.normalize('NFC').replaceAll(/\r\n?/g, '\n'));
          expect(await normalise(once, yielder)).toBe(once);
        },
      ),
    );
  });

  it('strips byte order marks at the beginning alone and keeps form feeds', async () => {
    expect(await normalise('\uFEFF\uFEFFa\uFEFF\fb', yielder)).toBe('a\uFEFF\fb');
  });

  it('keeps single characters that another one looks like, and composes the rest', async () => {
    for (const [text, expected] of [
      ['R = 5 \u2126; d = 3 \u212b', 'R = 5 \u2126; d = 3 \u212b'],
      ['\ufa46 \u037e \u0387 \u2329x\u232a \u1fef', '\ufa46 \u037e \u0387 \u2329x\u232a \u1fef'],
      ['A\u030a e\u0323\u0301', '\u00c5 \u1eb9\u0301'],
      ['\uac00\u11a8 \u1100\u1161', '\uac01 \uac00'],
      ['\u304b\u3099', '\u304c'],
    ]) {
      expect(await normalise(text, yielder)).toBe(expected);
      expect(await normalise(expected, yielder)).toBe(expected);
      expect(normalized(text)).toBe(expected);
    }
  });
});
