/** A number with digits after its decimal sign, which differs between languages. */
export interface Figure {
  readonly figure: number;
  readonly fractionDigits: number;
}

/** What is put into a message: a text as it is, a number, a figure, or a message that is translated itself. */
export type MessageValue = string | number | Figure | Message;

/**
 * A text for a person that is not translated yet: plain data, so that it crosses the boundary of a process, and so that
 * one place can log it in English and show it in another language.
 */
export interface Message {
  /** The English text with `{0}`, `{1}` … where the values stand; the key of its translations in l10n/. */
  readonly template: string;
  readonly values: readonly MessageValue[];
}

/** Makes a message of a template literal. */
export function message(texts: TemplateStringsArray, ...values: MessageValue[]): Message {
  return { template: texts.reduce((template, text, i) => `${template}{${i - 1}}${text}`), values };
}

/** A number that is shown with so many digits after its decimal sign. */
export function figure(value: number, fractionDigits: number): Figure {
  return { figure: value, fractionDigits };
}

export function isFigure(value: MessageValue): value is Figure {
  return typeof value === 'object' && 'figure' in value;
}

/** A template literal in English that is translated only where it is shown, by the text itself (`StoredMessages`). */
export function english(texts: TemplateStringsArray): string {
  return texts.join('');
}

/** Whether a value, which may come from another process, is a message. */
export function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null) return false;
  const { template, values } = value as Partial<Message>;
  return typeof template === 'string' && Array.isArray(values);
}

/** `template` with values in place of `{0}`, `{1}` …; a placeholder without a value stays. */
export function fillTemplate(template: string, values: readonly (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (placeholder, index: string) =>
    String(values[Number(index)] ?? placeholder),
  );
}

/** A text in English, as the log and the command line have it. */
export function englishText(text: Message | string): string {
  if (typeof text === 'string') return text;
  return fillTemplate(text.template, text.values.map(englishValue));
}

function englishValue(value: MessageValue): string | number {
  if (typeof value === 'number') return value;
  return isFigure(value) ? value.figure.toFixed(value.fractionDigits) : englishText(value);
}
