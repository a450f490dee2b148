import { fillTemplate, isFigure, isMessage, type Message, message, type MessageValue } from './message.ts';

/** The language in which this process shows texts to a person. */
export interface DisplayLanguage {
  /** BCP 47 tag, by which numbers and times are written. */
  readonly tag: string;
  /** The translation of a template of a message, filled with values. */
  readonly translate: (template: string, values: readonly (string | number)[]) => string;
}

/**
 * A language with its translations by template; what has none is in English.
 * @param tag BCP 47
 */
export function languageOf(tag: string, translations: Readonly<Record<string, string>>): DisplayLanguage {
  return { tag, translate: (template, values) => fillTemplate(translations[template] ?? template, values) };
}

const ENGLISH = languageOf('en', {});

let current: DisplayLanguage = ENGLISH;

/** Sets the language of `localize`; to be called before anything is shown. Without it, everything is in English. */
export function setDisplayLanguage(language: DisplayLanguage = ENGLISH): void {
  current = language;
}

/** BCP 47 tag of the display language. */
export function displayLanguage(): string {
  return current.tag;
}

/** A message in the display language. A text that is none stays as it is. */
export function localized(text: Message | string): string {
  if (!isMessage(text)) return text;
  return current.translate(text.template, text.values.map(localizedValue));
}

function localizedValue(value: MessageValue): string | number {
  if (typeof value === 'number') return value;
  if (!isFigure(value)) return localized(value);
  const { figure, fractionDigits } = value;
  return figure.toLocaleString(current.tag, {
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
  });
}

/**
 * A template literal in the display language. Not for constants of a module, which are made before the language is
 * known.
 */
export function localize(texts: TemplateStringsArray, ...values: MessageValue[]): string {
  return localized(message(texts, ...values));
}
