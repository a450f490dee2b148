import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../src/corpus/index.ts';
import { splitFiles } from '../../src/corpus/index.ts';

const file = (name: string, text: string): SourceFile => ({
  path: name,
  encoding: 'utf-8',
  text,
  characters: [...text].length,
});
const sized = (name: string, characters: number) => file(name, 'x'.repeat(characters));
const root = path.resolve('/work');
const many = (count: number, folder = root) =>
  Array.from({ length: count }, (_, i) =>
    sized(path.join(folder, `d${i % 7}`, `f${i}.ts`), 500 + ((i * 37) % 900)),
  );
const sum = (files: readonly SourceFile[]) => files.reduce((total, { characters }) => total + characters, 0);
const names = (files: readonly SourceFile[]) => files.map((each) => each.path);

describe('splitFiles', () => {
  it('holds out nothing at fraction 0 and of nothing', () => {
    expect(splitFiles(many(20), 0, 1).validation).toEqual([]);
    expect(splitFiles([], 0.1, 1)).toEqual({ training: [], validation: [] });
  });

  it('shares whole files out in their order, about the fraction of the characters', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 30, max: 300 }),
        fc.constantFrom(0.05, 0.1, 0.3, 0.5),
        fc.nat(),
        (count, fraction, seed) => {
          const files = many(count);
          const { training, validation } = splitFiles(files, fraction, seed);
          const held = new Set(validation);
          expect(training).toEqual(files.filter((each) => !held.has(each)));
          expect(validation).toEqual(files.filter((each) => held.has(each)));
          const share = sum(validation) / sum(files);
          expect(share).toBeGreaterThan(fraction / 2.5);
          expect(share).toBeLessThanOrEqual(fraction * 2);
        },
      ),
    );
  });

  it('never holds out all, whatever the sizes and the fraction', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        (sizes, fraction, seed) => {
          const files = sizes.map((size, i) => sized(path.join(root, `${i}`), size));
          const { training, validation } = splitFiles(files, fraction, seed);
          expect(sum(training) + sum(validation)).toBe(sum(files));
          if (sum(files) > 0) expect(sum(training)).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('is the same for the same seed, and another for another', () => {
    const files = many(200);
    expect(splitFiles(files, 0.1, 3)).toEqual(splitFiles(files, 0.1, 3));
    expect(names(splitFiles(files, 0.1, 3).validation)).not.toEqual(
      names(splitFiles(files, 0.1, 4).validation),
    );
  });

  it('keeps files on their sides when others come, or the checkout moves', () => {
    const before = splitFiles(many(300), 0.1, 0);
    const more = [...many(300), ...many(330).slice(300)];
    const after = new Set(names(splitFiles(more, 0.1, 0).validation));
    expect(names(before.validation).filter((name) => !after.has(name))).toEqual([]);

    const elsewhere = path.resolve('/home/someone/checkout');
    const moved = splitFiles(many(300, elsewhere), 0.1, 0);
    expect(names(moved.validation).map((name) => path.relative(elsewhere, name))).toEqual(
      names(before.validation).map((name) => path.relative(root, name)),
    );
  });

  it('holds out one of a few equal files', () => {
    const files = Array.from({ length: 5 }, (_, i) => sized(path.join(root, `${i}.c`), 1000));
    expect(splitFiles(files, 0.1, 0).validation).toHaveLength(1);
  });

  it('cuts a single file at a line end near the fraction', () => {
    const text = 'a line of text 😀\n'.repeat(1000);
    const { training, validation } = splitFiles([file(path.join(root, 'input.txt'), text)], 0.1, 0);
    expect(training[0].text + validation[0].text).toBe(text);
    expect(training[0].text.endsWith('\n')).toBe(true);
    expect(validation[0].characters).toBe([...validation[0].text].length);
    expect(validation[0].characters / 17_000).toBeCloseTo(0.1, 2);
  });

  it('cuts the largest of two files rather than giving up half of the text', () => {
    const files = [
      file(path.join(root, 'a'), 'one\n'.repeat(2000)),
      file(path.join(root, 'b'), 'two\n'.repeat(3000)),
    ];
    const { training, validation } = splitFiles(files, 0.1, 0);
    expect(names(training)).toEqual(names(files));
    expect(names(validation)).toEqual([path.join(root, 'b')]);
    expect(sum(validation) / sum(files)).toBeCloseTo(0.1, 2);
  });

  it('cuts one endless line between characters', () => {
    const { training, validation } = splitFiles([file(path.join(root, 'a'), '😀'.repeat(5000))], 0.25, 0);
    expect(training[0].text).toBe('😀'.repeat(3750));
    expect(validation[0].characters).toBe(1250);
  });

  it('leaves a tiny file whole', () => {
    expect(splitFiles([file(path.join(root, 'a'), 'one\n'.repeat(499))], 0.1, 0).validation).toEqual([]);
  });
});
