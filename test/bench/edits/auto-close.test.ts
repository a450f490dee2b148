import fc from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { autoClosed } from '../../../bench/edits/auto-close.ts';
import { EditedDocument } from '../../../bench/edits/edited-document.ts';

/** The document at each action, its cursor written as `|`. */
function typedAt(document: string, text: string, name = 'a.ts'): string[] {
  const edited = new EditedDocument(document.replace('|', ''));
  edited.moveTo(document.indexOf('|'));
  const around = { before: edited.lineBefore, after: edited.restOfLine };
  return autoClosed(text, around, name).map(({ at, length, kind, behind }) => {
    if (kind === 'moved') edited.moveTo(edited.offset + length);
    else edited.replace(kind === 'overtyped' ? length : 0, text.slice(at, at + length), behind);
    return `${edited.text.slice(0, edited.offset)}|${edited.text.slice(edited.offset)}`;
  });
}

describe('autoClosed', () => {
  it('inserts pairs and types over closers', () => {
    expect(typedAt('|', "f('a')")).toEqual(['f|', 'f(|)', "f('|')", "f('a|')", "f('a'|)", "f('a')|"]);
  });

  it('puts the closer on a line of its own, and goes behind it', () => {
    expect(typedAt('  if (a) |', '{\nb\n  }')).toEqual([
      '  if (a) {|}',
      '  if (a) {\n|\n  }',
      '  if (a) {\nb|\n  }',
      '  if (a) {\nb\n  }|',
    ]);
  });

  it.each([
    ['before text', 'foo|bar', '(', ['foo(|bar']],
    ['behind which text stands that belongs in it', '|', '(a', ['(|', '(a|']],
    ['an apostrophe in a word', 'don|', "'t", ["don'|", "don't|"]],
  ])('closes nothing %s', (_, document, text, states) => {
    expect(typedAt(document, text)).toEqual(states);
  });

  it('ends what may be typed where the closer stands', () => {
    const ends = autoClosed('f(a)b', { before: '', after: '' }, 'a.ts').map(({ end }) => end);
    expect(ends).toEqual([5, 5, 3, 3, 5]);
  });

  it('makes the text, whatever it is', () => {
    const text = fc
      .array(fc.constantFrom('(', ')', '{', '}', '"', "'", '\n', 'a', ' ', '\\', '/**', ' */', '😀'))
      .map((parts) => parts.join(''));
    const after = fc.constantFrom('', ')', 'x', ' // a', '\n}');
    fc.assert(
      fc.property(text, after, (typed, rest) => {
        expect(typedAt(`a\n  |${rest}`, typed).at(-1) ?? `a\n  |${rest}`).toBe(`a\n  ${typed}|${rest}`);
      }),
    );
  });
});
