import { expect, it } from 'vitest';
import { languageIdOf } from '../../../src/completion/text/language-id.ts';
import { LANGUAGES } from '../../../src/completion/text/languages.ts';

it.each([
  ['src/main.rs', 'rust'],
  ['a.d.ts', 'typescript'],
  ['lib/Makefile', 'makefile'],
  ['analysis.R', 'r'],
  ['a', undefined],
  ['-', undefined],
  ['a.unknown', undefined],
])('is known by the name: %s', (name, id) => {
  expect(languageIdOf(name)).toBe(id);
});

it('is one whose comments and strings are known', () => {
  const names = [
    'c',
    'jsx',
    'ml',
    'exs',
    'hs',
    'clj',
    'vim',
    'tex',
    'cfg',
    'sql',
    'html',
    'txt',
    'fs',
    'bas',
  ];
  for (const end of names) expect(LANGUAGES.has(languageIdOf(`a.${end}`)!), end).toBe(true);
});
