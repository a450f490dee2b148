import { describe, expect, it } from 'vitest';
import { beginsRest, positionOf, type RestOfLine } from '../../../src/completion/text/rest-of-line.ts';

const restOf = (text: string, head: string): RestOfLine => ({
  text,
  position: positionOf(text),
  closesBracket: false,
  endsString: false,
  head,
});

describe('positionOf', () => {
  it.each([
    ['', 'end'],
    ['  ', 'end'],
    [');', 'closers'],
    [', b)', 'middle'],
    ['nst value', 'middle'],
  ] as const)('%j is %s', (rest, position) => expect(positionOf(rest)).toBe(position));
});

describe('beginsRest', () => {
  it('finds the rest where it begins', () => {
    const rest = restOf(', b)', ',');
    expect(beginsRest('first, b)', 5, rest, 'foo(')).toBe(true);
    expect(beginsRest('first, b)', 4, rest, 'foo(')).toBe(false);
  });

  it('does not take a part of a word for the word behind the cursor', () => {
    const rest = restOf(' in items', 'in ');
    expect(beginsRest('begin next', 3, rest, 'for ')).toBe(false);
    expect(beginsRest('next in items', 5, rest, 'for ')).toBe(true);
  });

  it('sees that a suggestion inside a word is the rest of that word once more', () => {
    const rest = restOf('nst value1x1 = re', 'nst ');
    expect(beginsRest('nst value', 0, rest, '  co')).toBe(true);
    expect(beginsRest('unt', 0, rest, '  co')).toBe(false);
  });
});
