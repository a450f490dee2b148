import { expect, it } from 'vitest';
import { createMemory } from '../../../src/memory/index.ts';
import { memoryOf } from '../../../src/training/priors/remember.ts';

it('makes the memory for as much as there is, and has it know all of it', async () => {
  const files = [
    { name: 'a.c', text: 'int a;\n' },
    { name: 'b.c', text: 'int bb;\n' },
  ];
  const expected: (number | undefined)[] = [];
  const memory = await memoryOf(files, (characters) => {
    expected.push(characters);
    return createMemory(characters);
  });
  expect(expected).toEqual([15]);
  expect(memory.files).toBe(2);
  expect(memory.characters).toBe(15);
});
