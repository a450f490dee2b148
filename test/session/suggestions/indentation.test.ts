import { describe, expect, it } from 'vitest';
import { indentationOf } from '../../../src/session/suggestions/indentation.ts';

describe('indentationOf', () => {
  for (const [name, text, insertSpaces, tabSize] of [
    ['two spaces', 'a\n  b\n    c\n  d\n', true, 2],
    ['four spaces', 'a:\n    b\n        c\n\n    d\n', true, 4],
    ['tabs', 'a\n\tb\n\t\tc\n', false, 4],
    ['more tabs than spaces', 'a\n\tb\n\tc\n  d\n', false, 4],
    ['two spaces with the odd alignment', 'f(\n  a\n  b\ng(x,\n  y)\nh(x,\n     y)\n', true, 2],
    ['nothing', 'a\nb\n', true, 4],
    ['an empty text', '', true, 4],
    ['a comment’s single space', '/*\n * a\n * b\n */\nf {\n    x\n}\n', true, 4],
  ] as const) {
    it(`sees ${name}`, () => {
      expect(indentationOf(text)).toEqual({ insertSpaces, tabSize });
    });
  }
});
