import ignore from 'ignore';
import { describe, expect, it } from 'vitest';
import { excludePatterns } from '../../../src/ui/training/exclude-patterns.ts';

describe('VS Code exclude settings as ignore patterns', () => {
  it('takes what is on, once, and leaves what is off or conditional', () => {
    expect(
      excludePatterns(
        { '**/.git': true, '**/out': false, '**/*.js': { when: '$(basename).ts' } },
        { '**/.git': true },
        undefined,
      ),
    ).toEqual(['**/.git']);
  });

  it('writes alternatives out, nested ones too', () => {
    expect(excludePatterns({ '**/*.{a,b{1,2}}': true }).sort()).toEqual(['**/*.a', '**/*.b1', '**/*.b2']);
  });

  it('drops a glob that would expand without end', () => {
    expect(excludePatterns({ ['{a,b}'.repeat(20)]: true })).toEqual([]);
  });

  for (const { glob, path, hidden } of [
    { glob: '**/node_modules', path: 'a/b/node_modules/x.js', hidden: true },
    { glob: 'build', path: 'build/x.js', hidden: true },
    { glob: 'build', path: 'src/build/x.js', hidden: false },
    { glob: '*.log', path: 'a.log', hidden: true },
    { glob: '*.log', path: 'src/a.log', hidden: false },
    { glob: '**/*.{o,a}', path: 'src/x.a', hidden: true },
    { glob: '**/*.{o}', path: 'src/x.o', hidden: true },
    { glob: '**/{gen,{dist,out}}/**', path: 'a/out/x.o', hidden: true },
    { glob: '**/{gen', path: 'a/{gen', hidden: true },
  ]) {
    it(`${glob} ${hidden ? 'hides' : 'leaves'} ${path}`, () => {
      expect(
        ignore()
          .add(excludePatterns({ [glob]: true }))
          .ignores(path),
      ).toBe(hidden);
    });
  }
});
