import fc from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { applyEdit, editsBetween } from '../../../bench/edits/changes.ts';

describe('editsBetween', () => {
  it('makes the next version of any text', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b c', '(x)', '\n', '\n', '😀', '  '))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(editsBetween(before, after).reduce(applyEdit, before)).toBe(after);
      }),
    );
  });

  it.each([
    {
      name: 'a word in a line',
      before: 'one\nconst a = call(b);\nthree\n',
      after: 'one\nconst a = call(other);\nthree\n',
      edits: [{ offset: 19, removed: 1, inserted: 'other' }],
    },
    {
      name: 'an argument more',
      before: 'call(first, second);\n',
      after: 'call(first, new, second);\n',
      edits: [{ offset: 12, removed: 0, inserted: 'new, ' }],
    },
    {
      name: 'a line more, at the end of the line above',
      before: 'one\ntwo\n',
      after: 'one\nand\ntwo\n',
      edits: [{ offset: 3, removed: 0, inserted: '\nand' }],
    },
    {
      name: 'a line less',
      before: 'one\nand\ntwo\n',
      after: 'one\ntwo\n',
      edits: [{ offset: 4, removed: 4, inserted: '' }],
    },
    {
      name: 'a line that is another now',
      before: 'one\nx = 1\n',
      after: 'one\nreturn y\n',
      edits: [{ offset: 4, removed: 5, inserted: 'return y' }],
    },
    {
      name: 'a changed line among new ones',
      before: 'if (isReady(queue)) {\n',
      after: 'log();\nif (isReady(queues)) {\nnext();\n',
      edits: [
        { offset: 0, removed: 0, inserted: 'log();\n' },
        { offset: 24, removed: 0, inserted: 's' },
        { offset: 29, removed: 0, inserted: '\nnext();' },
      ],
    },
  ])('finds $name', ({ before, after, edits }) => {
    expect(editsBetween(before, after)).toEqual(edits);
  });
});
