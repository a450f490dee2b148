import { describe, expect, it } from 'vitest';
import { englishText, isFigure, message } from '../../../src/common/localization/message.ts';
import { languageOf, localized, setDisplayLanguage } from '../../../src/common/localization/localize.ts';
import { StoredMessages } from '../../../src/common/localization/stored-messages.ts';

const stored = new StoredMessages({
  plain: () => message`as it is`,
  one: (value) => message`larger than ${value} MiB`,
  two: (first, last) => message`lines ${first} to ${last}`,
  begins: (share) => message`${share} % of (all)`,
});

describe('StoredMessages', () => {
  it.each([
    ['plain', [], 'as it is'],
    ['one', ['0.5'], 'larger than 0.5 MiB'],
    ['one', ['{0} MiB'], 'larger than {0} MiB MiB'],
    ['two', ['3', '17'], 'lines 3 to 17'],
    ['begins', ['0.3'], '0.3 % of (all)'],
  ] as const)('finds a text of the kind %s with its values %j', (name, values, text) => {
    expect(stored.text(name, ...(values as unknown as [string, string]))).toBe(text);
    expect(stored.nameOf(text)).toBe(name);
    expect(stored.is(text, name)).toBe(true);
    expect(stored.is(text, name === 'plain' ? 'one' : 'plain')).toBe(false);
    const found = stored.messageIn(text);
    expect(englishText(found)).toBe(text);
    expect(found.values.map((value) => (isFigure(value) ? value.figure.toFixed(1) : value))).toEqual(values);
  });

  it('has figures in the language they are shown in', () => {
    setDisplayLanguage(languageOf('de', { 'larger than {0} MiB': 'größer als {0} MiB' }));
    expect(localized(stored.messageIn('larger than 0.50 MiB'))).toBe('größer als 0,50 MiB');
    expect(localized(stored.messageIn('larger than a.b MiB'))).toBe('größer als a.b MiB');
    const long = `0.${'1'.repeat(200)}`;
    expect(localized(stored.messageIn(`larger than ${long} MiB`))).toBe(`größer als ${long} MiB`);
    setDisplayLanguage();
  });

  it('takes a text that is of no kind as it is', () => {
    for (const text of ['', 'as it is not', 'larger than MiB', 'lines 3', 'larger than 1 GiB']) {
      expect(stored.nameOf(text)).toBeUndefined();
      expect(stored.messageIn(text)).toEqual({ template: text, values: [] });
    }
  });
});
