import { describe, expect, it } from 'vitest';
import { RepetitionBlocker } from '../../src/sampling/repetition-blocker.ts';

const MAX_REPEATED = 40;
const MAX_REPEATED_IN_WORD = 56;

const blockedAfter = (text: string): string[] =>
  [...new RepetitionBlocker(text).blocked()].map((codePoint) => String.fromCodePoint(codePoint)).sort();

/** Characters that are all different, none of them a letter. */
const distinct = (count: number, from = 0x2500): string =>
  Array.from({ length: count }, (_, i) => String.fromCodePoint(from + i)).join('');

describe('RepetitionBlocker', () => {
  it('lets a passage of 40 characters be repeated, and no longer one', () => {
    const passage = distinct(60);
    expect(blockedAfter(`${passage}.${passage.slice(0, MAX_REPEATED - 1)}`)).toEqual([]);
    expect(blockedAfter(`${passage}.${passage.slice(0, MAX_REPEATED)}`)).toEqual([passage[MAX_REPEATED]]);
  });

  it('lets a word be finished, up to 56 characters', () => {
    const passage = `${distinct(30)}abcdefghijklmnopqrstuvwxyzABCDEFGHIJ`;
    expect(blockedAfter(`${passage}.${passage.slice(0, MAX_REPEATED)}`)).toEqual([]);
    expect(blockedAfter(`${passage}.${passage.slice(0, MAX_REPEATED_IN_WORD)}`)).toEqual([
      passage[MAX_REPEATED_IN_WORD],
    ]);
  });

  it('blocks what went on from each of the earlier passages', () => {
    const passage = distinct(MAX_REPEATED);
    expect(blockedAfter(`${passage}!${passage}?${passage}`)).toEqual(['!', '?']);
  });

  it('ends a run of one character, and a circle of several', () => {
    expect(blockedAfter(']'.repeat(MAX_REPEATED))).toEqual([]);
    expect(blockedAfter(']'.repeat(60))).toEqual([']']);
    expect(blockedAfter('ab. '.repeat(11))).toEqual(['a']);
  });

  it('forgets what lies more than 16,384 characters back', () => {
    const passage = distinct(60);
    const between = distinct(17_000, 0x4e00);
    const blocker = new RepetitionBlocker(passage);
    for (const character of between + passage.slice(0, 50)) blocker.add(character.codePointAt(0)!);
    expect(blocker.blocked().size).toBe(1);
    const longer = new RepetitionBlocker(passage + between);
    for (const character of distinct(17_000, 0x9000) + passage.slice(0, 50))
      longer.add(character.codePointAt(0)!);
    expect(longer.blocked().size).toBe(0);
  });

  it('sees characters beyond the basic plane as one each', () => {
    const passage = distinct(60, 0x1f300);
    expect(blockedAfter(`${passage}.${passage.slice(0, 2 * MAX_REPEATED)}`)).toEqual([
      [...passage][MAX_REPEATED],
    ]);
  });
});
