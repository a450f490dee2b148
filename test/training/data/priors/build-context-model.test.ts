import { expect, it } from 'vitest';
import { createContextModel } from '../../../../src/context-model/index.ts';
import { buildContextModel, filesToLearn } from '../../../../src/training/data/priors/build-context-model.ts';
import { sourceFile } from '../../files.ts';

it('makes the memory for as much as there is, and has it know all of it', async () => {
  const files = [
    { name: 'a.c', text: 'int a;\n' },
    { name: 'b.c', text: 'int bb;\n' },
  ];
  const expected: (number | undefined)[] = [];
  const parts: number[] = [];
  const memory = await buildContextModel(
    files,
    (part) => parts.push(part),
    (characters) => {
      expected.push(characters);
      return createContextModel(characters);
    },
  );
  expect(parts).toEqual([7 / 15, 1]);
  expect(expected).toEqual([15]);
  expect(memory.files).toBe(2);
  expect(memory.characters).toBe(15);
});

it('learns whole files up to what there is room for, and all where there is', () => {
  const files = ['a', 'b', 'c', 'd'].map((name) => sourceFile(name, name.repeat(10)));
  expect(filesToLearn(files, 40)).toEqual(files);
  const some = filesToLearn(files, 39);
  expect(some).toHaveLength(3);
  for (const file of some) expect(files).toContain(file);
});
