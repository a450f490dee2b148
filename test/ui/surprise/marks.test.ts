import { describe, expect, it } from 'vitest';
import type { LineSurprise, TokenSurprise } from '../../../src/surprise/index.ts';
import { marksOf, nextMark, rulerLines } from '../../../src/ui/surprise/marks.ts';

const token = (start: number, end: number, surprise: number): TokenSurprise => ({
  start,
  end,
  surprise,
  bits: 3,
  expected: '',
});

function lineOf(line: number, ...tokens: TokenSurprise[]): LineSurprise {
  const worst = tokens.toSorted((a, b) => b.surprise - a.surprise)[0];
  return { line, tokens, worst, surprise: tokens.reduce((sum, { surprise }) => sum + surprise, 0) };
}

const marks = (line: LineSurprise, threshold = 2) =>
  marksOf([line], threshold, () => 20).map(({ start, end, level }) => [start, end, level]);

describe('marksOf', () => {
  it('marks the tokens that bring a line to the threshold, the strong ones apart', () => {
    expect(marks(lineOf(0, token(2, 5, 1.5), token(6, 7, 0.6), token(8, 12, 4)))).toEqual([
      [2, 5, 'surprising'],
      [8, 12, 'verySurprising'],
    ]);
  });

  it('marks nothing in a line below the threshold', () => {
    expect(marks(lineOf(0, token(2, 5, 1.9)))).toEqual([]);
  });

  it('marks the worst token where many small ones make a line surprising', () => {
    expect(marks(lineOf(0, token(2, 5, 0.8), token(6, 7, 0.7), token(8, 9, 0.6)))).toEqual([
      [2, 5, 'surprising'],
    ]);
  });

  it.each([
    ['a line end', token(20, 21, 3), [19, 20]],
    ['indentation that is missing', token(0, 0, 3), [0, 1]],
    ['a token between two characters', token(4, 4, 3), [3, 4]],
  ])('shows %s, which has no width, on a character', (_, found, range) => {
    expect(marks(lineOf(0, found))).toEqual([[...range, 'surprising']]);
  });
});

describe('nextMark', () => {
  const found = marksOf([lineOf(7, token(0, 1, 3)), lineOf(3, token(8, 9, 3), token(2, 4, 3))], 2, () => 20);

  it('is the first of the next line that has one', () => {
    expect(nextMark(found, 0)).toMatchObject({ line: 3, start: 2 });
    expect(nextMark(found, 3)).toMatchObject({ line: 7, start: 0 });
  });

  it('is that of the first line after the last, and none where there are none', () => {
    expect(nextMark(found, 7)).toMatchObject({ line: 3, start: 2 });
    expect(nextMark([], 0)).toBeUndefined();
  });
});

describe('rulerLines', () => {
  it('are the worst lines from the threshold on, ten at most', () => {
    const lines = Array.from({ length: 30 }, (_, i) => lineOf(i, token(0, 1, i)));
    expect(rulerLines(lines, 25)).toEqual([29, 28, 27, 26, 25]);
    expect(rulerLines(lines, 1).length).toBe(10);
  });
});
