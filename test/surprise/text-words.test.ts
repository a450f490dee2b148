import { describe, expect, it } from 'vitest';
import { finished } from '../../src/surprise/steps.ts';
import { TextWords } from '../../src/surprise/text-words.ts';
import { WordIds } from '../../src/surprise/word-ids.ts';

describe('TextWords', () => {
  const ids = new WordIds();
  const syntax = { lineComments: [], blockComments: [], quotes: '', hasCharacterQuote: false };
  const words = finished(TextWords.reading('a\na b a\n\na\n\n\n\na\nc\n', syntax, ids));
  const [a, b, none] = [ids.find('a'), ids.find('b'), ids.find('x')];

  it('counts the occurrences of a word in a line', () => {
    expect([0, 1, 2, 3, 7, 8].map((line) => words.inLine(a, line))).toEqual([1, 2, 0, 1, 1, 0]);
    expect(words.inLine(none, 0)).toBe(0);
  });

  it('finds how far away the nearest other line with a word is', () => {
    expect([0, 1, 2, 3, 5, 7, 8].map((line) => words.distance(a, line))).toEqual([1, 1, 1, 2, 2, 4, 1]);
    expect([words.distance(b, 1), words.distance(b, 8), words.distance(none, 0)]).toEqual([
      Infinity,
      7,
      Infinity,
    ]);
  });
});
