import { expect, it } from 'vitest';
import { Vocabulary } from '../../../src/corpus/index.ts';
import { fileStarts, symbolsOfFiles } from '../../../src/training/data/file-starts.ts';

const start = Vocabulary.startOfFile;
const symbols = Uint16Array.of(start, 5, 6, start, 7, start, 8, 9, 10);

it('finds where files begin, and the end of the last', () => {
  expect([...fileStarts(symbols)]).toEqual([0, 3, 5, 9]);
});

it('joins the symbols of some files in the order that was asked for', () => {
  const starts = fileStarts(symbols);
  expect([...symbolsOfFiles(symbols, starts, [2, 0])]).toEqual([start, 8, 9, 10, start, 5, 6]);
  expect(symbolsOfFiles(symbols, starts, [])).toHaveLength(0);
});
