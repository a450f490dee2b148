import fc from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { KeywordIndex } from '../../../src/secrets/prefilter/keyword-index.ts';

describe('KeywordIndex', () => {
  const letters = (min: number, max: number) =>
    fc
      .array(fc.constantFrom('a', 'b', 'A', 'c', '-'), { minLength: min, maxLength: max })
      .map((all) => all.join(''));

  it('finds the keyword that ends first, as a search for each of them would', () => {
    fc.assert(
      fc.property(
        fc.array(letters(1, 4), { minLength: 1, maxLength: 6 }),
        letters(0, 40),
        (keywords, text) => {
          const ends = keywords
            .map((keyword) => text.toLowerCase().indexOf(keyword.toLowerCase()) + keyword.length - 1)
            .filter((_, i) => text.toLowerCase().includes(keywords[i].toLowerCase()));
          const found = new KeywordIndex(keywords.map((each) => [each.toLowerCase(), undefined])).search(
            text,
            0,
            text.length,
          );
          expect(found).toBe(ends.length === 0 ? text.length : Math.min(...ends));
        },
      ),
    );
  });

  it('looks only at what lies between start and end', () => {
    const keywords = new KeywordIndex([['key', 1]]);
    expect(keywords.search('key key', 1, 7)).toBe(6);
    expect(keywords.search('key key', 1, 6)).toBe(6);
    expect(keywords.search('a key', 0, 4)).toBe(4);
  });

  it('takes a digit for any digit and what lies beyond ASCII for anything beyond', () => {
    const keywords = new KeywordIndex([
      ['x1', 1],
      [{ text: 'é!', guard: /[^a-z]!/ }, 2],
    ]);
    expect(keywords.search('X7', 0, 2)).toBe(1);
    expect(keywords.search('\u4f60!', 0, 2)).toBe(1);
    expect(keywords.search('xe!', 0, 3)).toBe(3);
  });

  it('counts a keyword only where its guard matches at its beginning', () => {
    const keywords = new KeywordIndex([[{ text: 'sk-', guard: /\bsk-\w/ }, 1]]);
    expect(keywords.search('task-a sk- sk-a', 0, 15)).toBe(13);
  });

  it('takes capitals and what lies beyond ASCII for themselves where there is no guard', () => {
    const keywords = new KeywordIndex([
      ['AKIA', 1],
      ['пароль', 2],
    ]);
    expect(keywords.search('akia AKIA', 0, 9)).toBe(8);
    expect(keywords.search('привет Пароль', 0, 13)).toBe(12);
  });

  it('says who asked for the keywords of a text', () => {
    const keywords = new KeywordIndex([
      ['token', 'a'],
      ['key', 'b'],
      ['key', 'c'],
      ['pass', 'd'],
    ]);
    expect(keywords.ownersIn('a tokenkey')).toEqual(new Set(['a', 'b', 'c']));
  });
});
