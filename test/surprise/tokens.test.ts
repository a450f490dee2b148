import { describe, expect, it } from 'vitest';
import { tokensOf, type TokenSyntax } from '../../src/surprise/index.ts';

const C: TokenSyntax = {
  lineComments: ['//'],
  blockComments: [['/*', '*/']],
  quotes: `"'`,
  hasCharacterQuote: false,
};

const texts = (text: string, syntax = C) =>
  tokensOf(text, syntax).map((token) => `${token.kind}:${token.text}`);
const prose = (text: string, syntax = C) =>
  tokensOf(text, syntax)
    .filter((token) => token.isProse)
    .map((token) => text.slice(token.start, token.end));

describe('tokensOf', () => {
  it('covers all of a text, in order', () => {
    const text = 'if (a_1 >= 0x1F) {\n\treturn "größe 😀";\n}\n// end';
    let end = 0;
    for (const token of tokensOf(text, C)) {
      expect(token.start).toBe(end);
      end = token.end;
    }
    expect(end).toBe(text.length);
  });

  it('tells words, numbers, signs and white space apart', () => {
    expect(texts('a1 += 12;')).toEqual([
      'indentation:\n0',
      'word:a1',
      'space: ',
      'sign:+=',
      'space: ',
      'number:#',
      'sign:;',
    ]);
  });

  it('counts indentation by how it differs from the last line that is not blank', () => {
    const found = tokensOf('if\n  a\n\n  b\nc', C).filter(({ kind }) => kind === 'indentation');
    expect(found.map(({ line, text }) => [line, text])).toEqual([
      [0, '\n0'],
      [1, '\n2'],
      [2, '\n'],
      [3, '\n0'],
      [4, '\n-2'],
    ]);
  });

  it.each([
    ['a comment at the end of a line', 'a // b c\nd', ['// ', 'b', ' ', 'c'].join('')],
    ['a comment of several lines', 'a /* b\nc */ d', '/* b\nc */'],
    ['what stands between quotes', 'a("b \\" c", d)', 'b \\" c'],
    ['a string that is not closed, to the end of its line', 'a "b\nc', 'b'],
  ])('takes %s for prose', (_, text, expected) => {
    expect(prose(text).join('')).toBe(expected);
  });

  it('knows no prose where a language has neither comments nor strings', () => {
    const none: TokenSyntax = { lineComments: [], blockComments: [], quotes: '', hasCharacterQuote: false };
    expect(prose(`a "b" // c`, none)).toEqual([]);
  });
});
