import { describe, expect, it } from 'vitest';
import { nearestWord, partsOf } from '../../src/surprise/known-words.ts';

const frequencies = new Map([
  ['return', 9],
  ['retain', 3],
  ['count', 5],
]);
const nearest = (word: string) => nearestWord(word, (other) => frequencies.get(other) ?? 0);

describe('nearestWord', () => {
  it.each(['retrun', 'retur', 'returrn', 'retuen'])('finds what %s was meant to be', (word) => {
    expect(nearest(word)).toEqual({ word: 'return', frequency: 9 });
  });

  it('finds nothing two errors away, and never the word itself', () => {
    expect(nearest('rtrn')).toBeUndefined();
    expect(nearest('count')).toBeUndefined();
  });
});

describe('partsOf', () => {
  it.each([
    ['readNext_lineHTML5', ['read', 'Next', 'line', 'HTML', '5']],
    ['MAX_SIZE', ['MAX', 'SIZE']],
    ['größeÄndern', ['größe', 'Ändern']],
    ['_$', []],
  ])('cuts %s', (word, parts) => expect(partsOf(word)).toEqual(parts));
});
