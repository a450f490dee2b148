import path from 'node:path';
import { expect, it } from 'vitest';
import { IgnoredPaths } from '../../../src/completion/client/ignored-paths.ts';

it('knows the files and everything below the folders that are ignored, and nothing else', () => {
  const root = path.resolve('w');
  const ignored = new IgnoredPaths();
  const has = (...names: string[]): boolean => ignored.has(path.join(root, ...names));
  expect(has('build', 'a.o')).toBe(false);
  ignored.set([path.join(root, 'build'), path.join(root, 'x.log')]);
  expect([has('build'), has('build', 'deep', 'a.o'), has('x.log')]).toEqual([true, true, true]);
  expect([has('buildings', 'a.c'), has('src', 'build.c'), has('y.log'), has()]).toEqual([
    false,
    false,
    false,
    false,
  ]);
  ignored.set([]);
  expect(has('build', 'a.o')).toBe(false);
});
