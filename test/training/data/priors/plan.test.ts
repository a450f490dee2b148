import { describe, expect, it } from 'vitest';
import { planPriors } from '../../../../src/training/data/priors/plan.ts';
import { sourceFile } from '../../files.ts';

const STEP_CHARACTERS = 1024;

const filesOf = (count: number, characters: number) =>
  Array.from({ length: count }, (_, i) => sourceFile(`src/${i}.c`, 'x'.repeat(characters)));

/** The plan of files of which a twentieth as many characters are held out. */
const planOf = (files: ReturnType<typeof filesOf>) => {
  const learnt = files.reduce((sum, file) => sum + file.characters, 0);
  return planPriors(files, { learnt, heldOut: learnt / 20, stepCharacters: STEP_CHARACTERS });
};

describe('planPriors', () => {
  it('gives all files of a small training priors from its first step on', () => {
    const planned = planOf(filesOf(40, 1000));
    expect(planned.map(({ file }) => file).sort((a, b) => a - b)).toEqual([...Array(40).keys()]);
    for (const { askedAt, usedFrom } of planned) expect([askedAt, usedFrom]).toEqual([0, 0]);
  });

  it('chooses files of the whole workspace, up to a bound, by their names', () => {
    const files = filesOf(400, 20_000);
    const chosen = planOf(files).map(({ file }) => file);
    expect(chosen).toHaveLength(Math.floor(2 ** 22 / 20_000));
    expect(new Set(chosen).size).toBe(chosen.length);
    expect(Math.max(...chosen) - Math.min(...chosen)).toBeGreaterThan(300);
    const named = (plan: readonly number[], of: typeof files) => plan.map((file) => of[file].path);
    const reversed = files.toReversed();
    expect(
      named(
        planOf(reversed).map(({ file }) => file),
        reversed,
      ),
    ).toEqual(named(chosen, files));
  });

  it('takes a file of more characters than that where there is no other', () => {
    expect(planOf(filesOf(1, 2 ** 19 + 1)).map(({ file }) => file)).toEqual([0]);
  });

  it('leaves out such a file where there are others, whatever its name', () => {
    const large = 'x'.repeat(2 ** 19 + 1);
    for (let i = 0; i < 8; i++) {
      const files = [sourceFile(`src/large${i}.c`, large), ...filesOf(8, 5000)];
      const chosen = planOf(files).map(({ file }) => file);
      expect(chosen.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    }
  });

  it('asks for a character while twelve are trained on, but in small workspaces at once', () => {
    planOf(filesOf(400, 5000)).forEach(({ askedAt }, index) => {
      expect(askedAt).toBe(Math.floor((12 * 5000 * index) / STEP_CHARACTERS));
    });
    for (const { askedAt } of planOf(filesOf(26, 5000))) expect(askedAt).toBe(0);
  });

  it('uses what the context model can have computed meanwhile', () => {
    planOf(filesOf(400, 5000)).forEach(({ askedAt, usedFrom }, index) => {
      // A tenth of the characters for learning them, and the held-out ones.
      const work = 400 * 5000 * (1 / 10 + 1 / 20) + 5000 * (index + 1);
      expect(usedFrom).toBeGreaterThanOrEqual((2 * work) / STEP_CHARACTERS);
      expect(usedFrom).toBeGreaterThan(askedAt);
    });
  });

  it('uses none before there are many, or all', () => {
    const planned = planOf(filesOf(400, 5000));
    const enough = Math.ceil(2 ** 17 / 5000);
    const [{ usedFrom: first }] = planned;
    expect(planned.filter(({ usedFrom }) => usedFrom === first)).toHaveLength(enough);
    expect(new Set(planOf(filesOf(20, 5000)).map(({ usedFrom }) => usedFrom)).size).toBe(1);
  });

  it('has nothing to choose where there are no files', () => {
    expect(planOf([])).toEqual([]);
  });
});
