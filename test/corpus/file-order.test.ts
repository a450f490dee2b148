import { describe, expect, it } from 'vitest';
import { chooseFiles } from '../../src/corpus/file-order.ts';
import { sourceFile } from '../training/files.ts';

describe('chooseFiles', () => {
  const files = Array.from({ length: 30 }, (_, i) => sourceFile(`${i}`, 'x'.repeat(100 + i)));

  it('takes all that there is when that is not too much', () => {
    expect(new Set(chooseFiles(files, 1e6))).toEqual(new Set(files));
  });

  it('takes whole files up to the limit, the same ones whatever order they come in', () => {
    const chosen = chooseFiles(files, 1_000);
    const characters = chosen.reduce((sum, file) => sum + file.characters, 0);
    expect(characters).toBeLessThanOrEqual(1_000);
    expect(characters).toBeGreaterThan(800);
    expect(chooseFiles([...files].reverse(), 1_000)).toEqual(chosen);
  });

  it('takes the beginning of a file where each is too long, without breaking a character', () => {
    const [only] = chooseFiles([sourceFile('long', '😀é'.repeat(100))], 5);
    expect(only).toMatchObject({ text: '😀é😀é😀', characters: 5 });
  });

  it('takes no files without text', () => {
    expect(chooseFiles([sourceFile('empty', '')], 10)).toEqual([]);
  });
});
