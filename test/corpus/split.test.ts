import path from 'node:path';
import fc from '../fast-check.ts';
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
  it('holds out nothing at fraction 0 and of nothing', async () => {
    expect((await splitFiles(many(20), 0, 1)).validation).toEqual([]);
    expect(await splitFiles([], 0.1, 1)).toEqual({ training: [], validation: [] });
  });

  it('shares whole files out in their order, about the fraction of the characters', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 30, max: 300 }),
        fc.constantFrom(0.05, 0.1, 0.3, 0.5),
        fc.nat(),
        async (count, fraction, seed) => {
          const files = many(count);
          const { training, validation } = await splitFiles(files, fraction, seed);
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

  it('never holds out all, whatever the sizes and the fraction', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        async (sizes, fraction, seed) => {
          const files = sizes.map((size, i) =>
            file(path.join(root, `${i}`), String.fromCodePoint(0x4e00 + i).repeat(size)),
          );
          const { training, validation } = await splitFiles(files, fraction, seed);
          expect(sum(training) + sum(validation)).toBe(sum(files));
          if (sum(files) > 0) expect(sum(training)).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('is the same for the same seed, and another for another', async () => {
    const files = many(200);
    expect(await splitFiles(files, 0.1, 3)).toEqual(await splitFiles(files, 0.1, 3));
    expect(names((await splitFiles(files, 0.1, 3)).validation)).not.toEqual(
      names((await splitFiles(files, 0.1, 4)).validation),
    );
  });

  it('keeps files on their sides when others come, or the checkout moves', async () => {
    const before = await splitFiles(many(300), 0.1, 0);
    const more = [...many(300), ...many(330).slice(300)];
    const after = new Set(names((await splitFiles(more, 0.1, 0)).validation));
    expect(names(before.validation).filter((name) => !after.has(name))).toEqual([]);

    const elsewhere = path.resolve('/home/someone/checkout');
    const moved = await splitFiles(many(300, elsewhere), 0.1, 0);
    expect(names(moved.validation).map((name) => path.relative(elsewhere, name))).toEqual(
      names(before.validation).map((name) => path.relative(root, name)),
    );
  });

  it('holds out one of a few equally large files', async () => {
    const files = [...'abcde'].map((letter) => file(path.join(root, `${letter}.c`), letter.repeat(1000)));
    expect((await splitFiles(files, 0.1, 0)).validation).toHaveLength(1);
  });

  it('cuts a single file at a line end near the fraction', async () => {
    const text = 'a line of text 😀\n'.repeat(1000);
    const { training, validation } = await splitFiles([file(path.join(root, 'input.txt'), text)], 0.1, 0);
    expect(training[0].text + validation[0].text).toBe(text);
    expect(training[0].text.endsWith('\n')).toBe(true);
    expect(validation[0].characters).toBe([...validation[0].text].length);
    expect(validation[0].characters / 17_000).toBeCloseTo(0.1, 2);
  });

  it('cuts the largest of two files rather than giving up half of the text', async () => {
    const files = [
      file(path.join(root, 'a'), 'one\n'.repeat(2000)),
      file(path.join(root, 'b'), 'two\n'.repeat(3000)),
    ];
    const { training, validation } = await splitFiles(files, 0.1, 0);
    expect(names(training)).toEqual(names(files));
    expect(names(validation)).toEqual([path.join(root, 'b')]);
    expect(sum(validation) / sum(files)).toBeCloseTo(0.1, 2);
  });

  it('cuts one endless line between characters', async () => {
    const { training, validation } = await splitFiles(
      [file(path.join(root, 'a'), '😀'.repeat(5000))],
      0.25,
      0,
    );
    expect(training[0].text).toBe('😀'.repeat(3750));
    expect(validation[0].characters).toBe(1250);
  });

  it('leaves a tiny file whole', async () => {
    expect((await splitFiles([file(path.join(root, 'a'), 'one\n'.repeat(499))], 0.1, 0)).validation).toEqual(
      [],
    );
  });

  describe('leaves copies of held-out files out of both sides', () => {
    const lines = (seed: number, count = 40) =>
      Array.from({ length: count }, (_, i) => `const value${seed}x${i} = compute(${i * seed});`);
    const originals = Array.from({ length: 30 }, (_, i) =>
      file(path.join(root, 'src', `m${i}.ts`), `${lines(i + 1).join('\n')}\n`),
    );
    const copyOf = (change: (text: string) => string) =>
      originals.map((each) =>
        file(
          each.path.replace(`${path.sep}src${path.sep}`, `${path.sep}vendor${path.sep}x${path.sep}`),
          change(each.text),
        ),
      );
    const nameOf = (each: SourceFile) => path.basename(each.path);

    for (const [kind, change] of [
      ['equal', (text: string) => text],
      [
        'with other spaces and line ends',
        (text: string) => text.replaceAll('\n', '\n\n').replaceAll(' ', '  '),
      ],
      ['with a line in ten changed', (text: string) => text.replaceAll(/value(\d+x\d*0) /g, 'other$1 ')],
      ['with a licence before', (text: string) => `// A licence of a line or two.\n// More of it.\n${text}`],
      ['as the greater part', (text: string) => text.split('\n').slice(0, 25).join('\n')],
      ['in a file of many', (text: string) => `${text}${lines(999, 60).join('\n')}\n`],
    ] as const)
      it(kind, async () => {
        const { training, validation } = await splitFiles([...originals, ...copyOf(change)], 0.2, 3);
        expect(validation.length).toBeGreaterThan(2);
        const heldOut = new Set(validation.map(nameOf));
        expect(training.map(nameOf).filter((name) => heldOut.has(name))).toEqual([]);
        expect(training.length).toBeGreaterThan(10);
      });

    it('and counts an equal file once', async () => {
      const { validation } = await splitFiles([...originals, ...copyOf((text) => text)], 0.5, 3);
      expect(new Set(validation.map(nameOf)).size).toBe(validation.length);
    });

    it('but keeps files that have lines of many files', async () => {
      const licence = Array.from(
        { length: 30 },
        (_, i) => `// Line ${i} of a licence that is in each file.`,
      ).join('\n');
      const files = originals.map((each) =>
        file(each.path, `${licence}\n${each.text.split('\n').slice(0, 8).join('\n')}`),
      );
      const { training, validation } = await splitFiles(files, 0.4, 3);
      expect(training.length + validation.length).toBe(files.length);
    });

    it('and trains on something where all are copies', async () => {
      const same = ['a', 'b', 'c'].map((name) => file(path.join(root, name), originals[0].text.repeat(3)));
      const { training, validation } = await splitFiles(same, 0.1, 0);
      expect(training).toHaveLength(1);
      expect(validation).toHaveLength(1);
    });
  });
});
