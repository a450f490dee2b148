import { languageOf, setDisplayLanguage } from '../../common/localization/localize.ts';

/** Writes what follows in the language of the markup, with the translations that come in it. */
export function useLanguageOfMarkup(): void {
  const translations = JSON.parse(document.body.dataset['translations'] ?? '{}') as Record<string, string>;
  setDisplayLanguage(languageOf(document.documentElement.lang, translations));
}
