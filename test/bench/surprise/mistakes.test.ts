import { describe, expect, it } from 'vitest';
import { MISTAKES, seeded } from '../../../bench/surprise/mistakes.ts';
import { rankingOf } from '../../../bench/surprise/roc.ts';
import { syntaxOf } from '../../../src/completion/parts.ts';
import { RandomGenerator } from '../../../src/model/index.ts';

const syntax = syntaxOf('go');
const text = Array.from(
  { length: 30 },
  (_, i) =>
    `func step${i}(count int) int { // counting upwards\n\tif count > ${i} {\n\t\treturn count + total\n\t}\n\treturn limit\n}\n`,
).join('');

const seed = (mistake: (typeof MISTAKES)[number]) => seeded(text, mistake, new RandomGenerator(1), syntax);

describe('seeded', () => {
  it.each(MISTAKES)('puts a %s into one of 40 lines, and changes no other', (mistake) => {
    const { text: wrong, lines } = seed(mistake);
    const [before, after] = [text.split('\n'), wrong.split('\n')];
    const changed = before.flatMap((line, i) => (after[i] === line ? [] : [i]));
    expect(lines.size).toBe(Math.round(180 / 40));
    expect(changed).toEqual([...lines].sort((a, b) => a - b));
    expect(after.length).toBe(before.length);
  });

  it('draws the same mistakes from the same seed', () => {
    expect(seed('typing error')).toEqual(seed('typing error'));
  });

  it('puts another identifier of the file in place of one', () => {
    const { text: wrong } = seed('wrong identifier');
    const words = (of: string) => new Set(of.match(/[a-z]\w*/g));
    for (const word of words(wrong)) expect(words(text)).toContain(word);
  });

  it('makes no mistake where there is nothing to make it in', () => {
    expect(
      seeded('# only\n', 'swapped operator', new RandomGenerator(1), syntaxOf('python')).lines.size,
    ).toBe(0);
  });
});

describe('rankingOf', () => {
  it('is the share of pairs in order, equal ones as half', () => {
    const { auc, mistakes } = rankingOf([
      { wrong: [3, 1], right: [2, 1] },
      { wrong: [9], right: [] },
    ]);
    expect(auc).toBe((1 + 1 + 0.5) / 4);
    expect(mistakes).toBe(3);
  });

  it('says how many mistakes are among the top 5 % of their text', () => {
    const right = Array.from({ length: 39 }, (_, i) => i);
    expect(rankingOf([{ wrong: [100], right }]).top5).toBe(1);
    expect(rankingOf([{ wrong: [10], right }]).top5).toBe(0);
  });
});
