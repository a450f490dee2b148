import fc from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { Vocabulary } from '../../src/corpus/index.ts';

const isLoneSurrogate = (symbol: string) => /^[\ud800-\udfff]$/.test(symbol);

describe('Vocabulary.fromTexts', () => {
  it('orders code points by falling frequency, ties by code point, behind the two special ids', () => {
    const { symbols } = Vocabulary.fromTexts(['cabb', 'b😀😀😀']);
    expect(symbols).toEqual(['\uFFFD', '\u0002', 'b', '😀', 'a', 'c']);
  });

  it('keeps the most frequent, and encodes the rest as unknown', () => {
    const vocabulary = Vocabulary.fromTexts(['aaabbc'], 4);
    expect(vocabulary.symbols).toEqual(['\uFFFD', '\u0002', 'a', 'b']);
    expect([...vocabulary.encode('abc')]).toEqual([2, 3, Vocabulary.unknown]);
  });

  it('has 2,048 symbols at most by default', () => {
    const many = Array.from({ length: 3000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join('');
    expect(Vocabulary.fromTexts([many]).size).toBe(2048);
  });

  it('never learns the special symbols or lone surrogates', () => {
    const vocabulary = Vocabulary.fromTexts(['a\uFFFD\uFFFD\u0002\u0002\ud83d', '\ude00\ude00b\ud83d\ud83d']);
    expect(vocabulary.symbols).toEqual(['\uFFFD', '\u0002', 'a', 'b']);
  });

  it('refuses a size that cannot be', () => {
    for (const size of [1, 65_537, 2.5, NaN])
      expect(() => Vocabulary.fromTexts(['a'], size)).toThrow(RangeError);
  });

  it('of no text knows the special symbols alone', () => {
    expect(Vocabulary.fromTexts([]).size).toBe(2);
  });
});

describe('Vocabulary.encode and decode', () => {
  it('give back any text of its own symbols', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const known = text.replaceAll(/[\uFFFD\u0002]/g, '');
        const vocabulary = Vocabulary.fromTexts([known], 65_536);
        expect(vocabulary.decode(vocabulary.encode(known))).toBe(known);
      }),
      { numRuns: 30 },
    );
  });

  it('give one id per code point, unknown where there is no symbol, for any string of units', () => {
    const vocabulary = Vocabulary.fromTexts(['abc😀한']);
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '😀', '한', 'z', '\ud83d', '\ude00', '🎉') }),
        (text) => {
          const points = [...text];
          const ids = vocabulary.encode(text);
          expect(ids.length).toBe(points.length);
          points.forEach((point, i) => {
            const known = !isLoneSurrogate(point) && vocabulary.symbols.indexOf(point) > 1;
            expect(ids[i]).toBe(known ? vocabulary.symbols.indexOf(point) : Vocabulary.unknown);
          });
        },
      ),
    );
  });

  it('write unknown as U+FFFD and the start of a file as nothing', () => {
    const vocabulary = Vocabulary.fromTexts(['ab']);
    expect(vocabulary.decode([Vocabulary.startOfFile, 2, Vocabulary.unknown, 3])).toBe('a\uFFFDb');
    expect([...vocabulary.encode('\uFFFD\u0002')]).toEqual([0, 0]);
  });

  it('refuse an id outside', () => {
    expect(() => Vocabulary.fromTexts(['ab']).decode([4])).toThrow(RangeError);
    expect(() => Vocabulary.fromTexts(['ab']).decode([-1])).toThrow(RangeError);
  });
});

describe('Vocabulary.fromSymbols', () => {
  it('restores what another one had', () => {
    const vocabulary = Vocabulary.fromTexts(['hello 😀']);
    const restored = Vocabulary.fromSymbols(JSON.parse(JSON.stringify(vocabulary.symbols)) as unknown[]);
    expect(restored.symbols).toEqual(vocabulary.symbols);
    expect([...restored.encode('hell😀x')]).toEqual([...vocabulary.encode('hell😀x')]);
  });

  const broken: { name: string; symbols: unknown; message: RegExp }[] = [
    { name: 'no list', symbols: 'abc', message: /not a list/ },
    { name: 'too short', symbols: ['\uFFFD'], message: /has 1 symbols/ },
    { name: 'too long', symbols: Array(65_537).fill('a'), message: /has 65537 symbols/ },
    { name: 'not text', symbols: ['\uFFFD', '\u0002', 7], message: /symbol 2 .* not one/ },
    { name: 'a hole', symbols: Array(3), message: /symbol 0 .* not one/ },
    { name: 'empty text', symbols: ['\uFFFD', '\u0002', ''], message: /symbol 2 .* not one/ },
    { name: 'two code points', symbols: ['\uFFFD', '\u0002', 'ab'], message: /symbol 2 .* not one/ },
    { name: 'a lone surrogate', symbols: ['\uFFFD', '\u0002', '\ud800'], message: /symbol 2 .* not one/ },
    { name: 'a repeated symbol', symbols: ['\uFFFD', '\u0002', 'a', 'a'], message: /symbol 3 .* repeats/ },
    { name: 'no special ids', symbols: ['a', 'b'], message: /does not begin/ },
  ];
  for (const { name, symbols, message } of broken) {
    it(`refuses ${name}`, () => {
      expect(() => Vocabulary.fromSymbols(symbols as unknown[])).toThrow(message);
    });
  }
});
