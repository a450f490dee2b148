import { describe, expect, it } from 'vitest';
import manifest from '../../package.json';
import { commandReferences, fixedParts, LANGUAGES, readTexts, type Texts } from './languages.ts';

const english = readTexts('package.nls.json');

/** Properties of the manifest that VS Code shows. The name of the product is the same in every language. */
const SHOWN_PROPERTIES = new Set([
  'title',
  'description',
  'markdownDescription',
  'enumDescriptions',
  'altText',
  'category',
]);

const KEY = /^%(.+)%$/;

/** Every string under a property that is shown, by its path in the manifest. */
function shownStrings(value: unknown, path: string, isShown: boolean): [path: string, text: string][] {
  if (typeof value === 'string') return isShown ? [[path, value]] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) =>
    shownStrings(child, `${path}/${name}`, Array.isArray(value) ? isShown : SHOWN_PROPERTIES.has(name)),
  );
}

const shown = shownStrings(manifest, '', false);

/** Titles of the commands in a language, as the palette shows them. */
function titlesOf(texts: Texts): Map<string, string> {
  return new Map(
    Object.keys(english)
      .filter((key) => key.startsWith('command.'))
      .map((key) => [key, `${texts.category}: ${texts[key].replace(/…$/, '')}`]),
  );
}

describe('the texts of the manifest', () => {
  it('are all named by keys', () => {
    expect(shown.length).toBeGreaterThan(90);
    expect(shown.filter(([, text]) => !KEY.test(text))).toEqual([]);
  });

  it('are all there in English, and none is left that nothing uses', () => {
    const keys = new Set(shown.map(([, text]) => KEY.exec(text)?.[1]));
    expect(Object.keys(english).sort()).toEqual([...keys].sort());
  });

  describe.each(LANGUAGES)('in %s', (language) => {
    const texts = readTexts(`package.nls.${language}.json`);

    it('have the same keys in the same order', () => {
      expect(Object.keys(texts)).toEqual(Object.keys(english));
      expect(Object.entries(texts).filter(([, text]) => text.trim() === '')).toEqual([]);
    });

    it('have the same code and links', () => {
      for (const [key, text] of Object.entries(texts))
        expect(fixedParts(text), key).toEqual(fixedParts(english[key]));
    });

    it('name commands as the palette does', () => {
      const titles = titlesOf(texts);
      for (const [key, text] of Object.entries(english)) {
        const named = commandReferences(text).map((reference) => {
          const [command] = [...titlesOf(english)].find(([, title]) => title === reference) ?? [];
          return command && titles.get(command);
        });
        expect(commandReferences(texts[key]), key).toEqual(named.sort());
      }
    });
  });
});
