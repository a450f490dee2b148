import { describe, expect, it } from 'vitest';
import { surroundingsOf } from '../../../src/completion/text/prompt.ts';

const linesOf = (lines: string[]) => ({
  lineCount: lines.length,
  lineAt: (line: number) => ({ text: lines[line] }),
});

describe('the text around the cursor', () => {
  it('is everything before it and two lines below', () => {
    const document = linesOf(['a', 'bcd', 'e', 'f', 'g']);
    expect(surroundingsOf(document, { line: 1, character: 2 })).toEqual({
      prefix: 'a\nbc',
      atFileStart: true,
      suffix: 'd\ne\nf',
    });
  });

  it('reaches to the first line below that is not blank, within bounds', () => {
    const below = (lines: string[]) => surroundingsOf(linesOf(lines), { line: 0, character: 1 }).suffix;
    expect(below(['a', '', '', '  ', '}', 'b'])).toBe('\n\n\n  \n}');
    expect(below(['a', '', 'b', 'c'])).toBe('\n\nb');
    expect(below(['a', ...Array<string>(1000).fill('')]).length).toBe(40);
  });

  it('ends with the file', () => {
    expect(surroundingsOf(linesOf(['ab']), { line: 0, character: 2 })).toEqual({
      prefix: 'ab',
      atFileStart: true,
      suffix: '',
    });
  });

  it('begins at a line start in a long file', () => {
    const lines = Array.from({ length: 500 }, (_, line) => `line ${line} ${'x'.repeat(30)}`);
    const { prefix, atFileStart } = surroundingsOf(linesOf(lines), { line: 400, character: 6 });
    expect(prefix).toBe([...lines.slice(352, 400), 'line 4'].join('\n'));
    expect(atFileStart).toBe(false);
  });

  it('begins within a line that is longer than the window', () => {
    const { prefix, atFileStart } = surroundingsOf(linesOf(['0123456789'.repeat(1000)]), {
      line: 0,
      character: 5000,
    });
    expect(prefix).toBe('0123456789'.repeat(1000).slice(2048, 5000));
    expect(atFileStart).toBe(false);
  });

  it('has only the beginnings of long lines behind the cursor', () => {
    const long = 'x'.repeat(1_000_000);
    const { suffix } = surroundingsOf(linesOf([`a${')'.repeat(5000)}`, long, 'b']), {
      line: 0,
      character: 1,
    });
    expect(suffix.split('\n').map((line) => line.length)).toEqual([1000, 1000, 1]);
  });
});
