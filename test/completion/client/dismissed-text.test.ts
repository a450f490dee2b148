import { expect, it } from 'vitest';
import { DismissedText } from '../../../src/completion/client/dismissed-text.ts';
import type { SuggestionRequest } from '../../../src/completion/decode/suggest.ts';

const at = (prefix: string, document = 'a.ts'): SuggestionRequest => ({
  document,
  prefix,
  atFileStart: true,
  suffix: '',
  indentation: { insertSpaces: true, tabSize: 2 },
  temperature: 0,
  seed: 0,
  maxLength: 80,
  eagerness: 'balanced',
  explicit: false,
});

const dismissed = new DismissedText();
dismissed.dismiss(at('x = '), 'fooBar(a, b)');

it.each([
  ['x = ', 'fooBar(a, b)'],
  ['x = ', 'fooBar(c)'],
  ['x = ', 'foo'],
  ['x = f', 'ooBar'],
  ['x = foo', 'Bar(a, b);'],
  ['x = fooBar', '(a'],
  ['x = fooBar(a,', ' b)'],
])('keeps away, behind %j, %j', (prefix, suggestion) => {
  expect(dismissed.covers(at(prefix), suggestion)).toBe(true);
});

it.each([
  ['x = ', 'bar()'],
  ['x = foo', 'Qux()'],
  ['x = g', 'ooBar'],
  ['x =', ' fooBar'],
  ['y = ', 'fooBar'],
  ['x = fooBar(a, b)', ';'],
])('does not keep away, behind %j, %j', (prefix, suggestion) => {
  expect(dismissed.covers(at(prefix), suggestion)).toBe(false);
});

it('keeps nothing away in another document', () => {
  expect(dismissed.covers(at('x = ', 'b.ts'), 'fooBar(a, b)')).toBe(false);
});

it('keeps nothing away once it is allowed', () => {
  const text = new DismissedText();
  text.dismiss(at('x = '), 'foo');
  text.allow();
  expect(text.covers(at('x = '), 'foo')).toBe(false);
});
