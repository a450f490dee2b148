import { describe, expect, it } from 'vitest';
import { PositionReader } from '../../../src/completion/units/position-reader.ts';
import type { TextPosition } from '../../../src/units/index.ts';

/** Marks behind each line: `#` where the position has the property, or its number. */
function marked(
  languageId: string | undefined,
  text: string,
  property: keyof TextPosition,
): readonly (readonly [string, string])[] {
  const reader = new PositionReader(languageId);
  return text.split('\n').map((line) => {
    const marks = Array.from(line, (character) => {
      reader.read(character);
      const value = reader[property];
      return typeof value === 'boolean' ? (value ? '#' : '.') : String(value);
    });
    reader.read('\n');
    return [line, marks.join('')];
  });
}

describe('PositionReader', () => {
  it('knows strings, from the first quote to before the last', () => {
    expect(marked('go', 'x := "a(b" + `c`', 'isInString')).toEqual([
      ['x := "a(b" + `c`', '.....####....##.'],
    ]);
    expect(marked('python', "f'it' # it's", 'isInString')).toEqual([["f'it' # it's", '.###........']]);
    expect(marked('rust', "fn f<'a>(s: &'a str)", 'isInString')[0][1]).not.toContain('#');
  });

  it('knows comments, over several lines too', () => {
    expect(marked('typescript', 'a(); // b\n/* c\n d */ e', 'isInComment')).toEqual([
      ['a(); // b', '......###'],
      ['/* c', '.###'],
      [' d */ e', '####...'],
    ]);
    expect(marked('python', 'a # b\n"""c\nd"""\ne', 'isInComment').map(([, marks]) => marks)).toEqual([
      '..###',
      '..##',
      '###.',
      '.',
    ]);
  });

  it('counts brackets, and forgets those that were never closed with the line that closes what is around them', () => {
    expect(marked('c', 'f(a[1]) {', 'bracketDepth')).toEqual([['f(a[1]) {', '011221001']]);
    const text = 'f {\n  (x\n  [1]\n}\ng';
    expect(marked('c', text, 'bracketDepth').map(([, marks]) => marks)).toEqual([
      '001',
      '1122',
      '22332',
      '2',
      '0',
    ]);
  });

  it('knows arguments from blocks', () => {
    expect(marked('c', 'if (a[b]) {', 'isInParentheses')).toEqual([['if (a[b]) {', '...##..#...']]);
  });

  it('counts columns and the indentation', () => {
    expect(marked('go', '\tif a', 'indentation')).toEqual([['\tif a', '44444']]);
    expect(marked('c', '  a b', 'indentation')).toEqual([['  a b', '12222']]);
    expect(marked('c', 'a\n  b', 'column')).toEqual([
      ['a', '1'],
      ['  b', '123'],
    ]);
  });

  it('knows words', () => {
    expect(marked('c', 'int é_1=2;', 'isInWord')).toEqual([['int é_1=2;', '###.###.#.']]);
  });

  it('takes no quote for a string in prose', () => {
    expect(marked('markdown', `it's "so"`, 'isInString')[0][1]).not.toContain('#');
  });
});
