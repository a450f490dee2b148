import { describe, expect, it } from 'vitest';
import { chooseFiles, hashPosition, orderByHash } from '../../src/corpus/file-order.ts';
import type { SourceFile } from '../../src/corpus/source-file.ts';
import { sourceFile } from '../training/files.ts';

describe('the order by hash', () => {
  const below = (folder: string) =>
    ['src/a.ts', 'src/b/c.ts', 'src/b/d.ts', 'test/a.ts'].map((name) => ({
      path: `${folder}/${name}`,
      name,
    }));
  const namesOf = (folder: string, salt: string) =>
    orderByHash(below(folder), salt).map(({ item, position }) => [item.name, position]);

  it('is the same in another checkout', () => {
    expect(namesOf('/home/a/project', 'x')).toEqual(namesOf('/tmp/copy of it', 'x'));
  });

  it('is another one by another salt', () => {
    const orders = Array.from({ length: 20 }, (_, i) => JSON.stringify(namesOf('/p', `${i}`)));
    expect(new Set(orders).size).toBe(20);
  });

  it('is by the position of the path below the common folder, from 0 to 1', () => {
    const [first] = orderByHash(below('/p'), 'x');
    expect(first.position).toBe(hashPosition(first.item.name, 'x'));
    const positions = Array.from({ length: 1_000 }, (_, i) => hashPosition(`${i}`, ''));
    expect(Math.min(...positions)).toBeGreaterThanOrEqual(0);
    expect(Math.min(...positions)).toBeLessThan(0.02);
    expect(Math.max(...positions)).toBeLessThan(1);
    expect(Math.max(...positions)).toBeGreaterThan(0.98);
  });

  it('does not depend on how a file system composes a name', () => {
    expect(hashPosition('\u00e9', 'x')).toBe(hashPosition('e\u0301', 'x'));
  });
});

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

  it('takes the same files in another checkout', () => {
    const elsewhere = files.map((file) => ({ ...file, path: `/another/checkout${file.path}` }));
    const textsOf = (chosen: readonly SourceFile[]) => chosen.map(({ text }) => text);
    expect(textsOf(chooseFiles(elsewhere, 1_000))).toEqual(textsOf(chooseFiles(files, 1_000)));
  });

  it('takes the beginning of a file where each is too long, without breaking a character', () => {
    const [only] = chooseFiles([sourceFile('long', '😀é'.repeat(100))], 5);
    expect(only).toMatchObject({ text: '😀é😀é😀', characters: 5 });
  });

  it('takes no files without text', () => {
    expect(chooseFiles([sourceFile('empty', '')], 10)).toEqual([]);
  });
});
