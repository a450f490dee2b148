import fc from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { cursorContextOf } from '../../../src/completion/text/cursor-context.ts';
import { repetitionStart } from '../../../src/completion/text/repetition.ts';
import { allowedLength, trimmed } from '../../../src/completion/text/trim.ts';
import { atCursor } from '../cursor.ts';

function trimAt(document: string, text: string): string {
  const { prefix, suffix } = atCursor(document);
  return trimmed(text, cursorContextOf(prefix, suffix, { tabSize: 4 }));
}

describe('where a suggestion ends', () => {
  for (const { name, at, text, want } of [
    { name: 'at the end of the line', at: 'return |', text: 'a + b;\n}\n', want: 'a + b;' },
    { name: 'nothing behind a finished line', at: 'return 0;|', text: '\n}\n', want: '' },
    { name: 'white space alone is nothing', at: 'x|', text: '   ', want: '' },
    { name: 'white space at the end goes', at: 'x|', text: ' = \n', want: ' =' },
    { name: 'before a bracket this line did not open', at: '\tint x|', text: ' = 1 }', want: ' = 1' },
    { name: 'with a bracket this line opened', at: 'foo(a, |', text: 'b);\n', want: 'b);' },
    { name: 'before a bracket of another kind', at: 'foo(a, |', text: 'b];\n', want: 'b' },
    {
      name: 'with brackets of its own',
      at: 'x = |',
      text: 'f(a[0], { b: 1 });\n',
      want: 'f(a[0], { b: 1 });',
    },
    { name: 'a bracket in a string is not one', at: 'say(|', text: '"a) b");\n', want: '"a) b");' },
    { name: 'an apostrophe opens no string', at: "// don't (|", text: 'ever) }', want: 'ever)' },
    { name: "a letter may mark a string, as in f'…'", at: "print(f'{|", text: "a})')\n", want: "a})')" },
    { name: 'an escaped quote does not end a string', at: 'puts("a|', text: '\\") b");', want: '\\") b");' },
    { name: 'before a control character', at: 'x = |', text: '1\u001b[2J', want: '1' },
    { name: 'before what turns the direction of text', at: 'x = |', text: 'ab\u202ecd', want: 'ab' },
    { name: 'code points stay whole', at: 'x = |', text: '"😀😀"\n', want: '"😀😀"' },
  ]) {
    it(name, () => expect(trimAt(at, text)).toBe(want));
  }
});

describe('what follows the cursor already', () => {
  for (const { name, at, text, want } of [
    { name: 'a bracket', at: 'foo(|)', text: 'a, b);\n', want: 'a, b' },
    { name: 'a bracket and a semicolon', at: 'foo(|);', text: 'a, b);\n', want: 'a, b' },
    { name: 'but not one of its own', at: 'foo(|);', text: 'bar(a), b);\n', want: 'bar(a), b' },
    { name: 'nothing else is left', at: 'foo(a|);', text: ');\n', want: '' },
    { name: 'a quote', at: 'puts("|");', text: 'hello");\n', want: 'hello' },
    { name: 'but not an escaped quote', at: 'puts("|");', text: 'a \\"b\\"");\n', want: 'a \\"b\\"' },
    { name: 'nor a bracket within the string', at: 'f("a|")', text: ':) b")', want: ':) b' },
    { name: 'a semicolon', at: 'x = |;', text: 'a + b;\n', want: 'a + b' },
    { name: 'a comma', at: '  a: |,', text: 'f(1, 2),\n', want: 'f(1, 2)' },
    {
      name: 'the closing quote only, then on past it',
      at: "x = ['a', 'b|",
      text: "c', 'd'];\n",
      want: "c', 'd'];",
    },
    { name: 'the next line', at: 'a();\n|\nb();\n', text: 'b();\n', want: '' },
    { name: 'the next line, begun', at: 'a();\nret|\n\nreturn 0;\n', text: 'urn 0;\n', want: '' },
    { name: 'the beginning of the next line', at: '\n|\n\treturn value;', text: 'return va', want: '' },
    { name: 'not what only looks like it', at: 'foo(|\nbar);', text: 'baz, qux', want: 'baz, qux' },
    {
      name: 'the bracket that closes the block, at whatever depth',
      at: 'if (b) {\n\t|\n}',
      text: 'c;\n\t}\n',
      want: 'c;',
    },
  ]) {
    it(name, () => expect(trimAt(at, text)).toBe(want));
  }
});

describe('several lines', () => {
  for (const { name, at, text, want } of [
    { name: 'until the bracket closes', at: 'if (a) {|', text: '\n\tb();\n}\nc();\n', want: '\n\tb();\n}' },
    {
      name: 'with what ends its line',
      at: 'on(() => {|',
      text: '\n  b();\n});\nc();\n',
      want: '\n  b();\n});',
    },
    {
      name: 'a string left open ends with its line',
      at: 'if (a) {|',
      text: '\n\tb = "c\n}\nd\n',
      want: '\n\tb = "c\n}',
    },
    { name: 'below the opening line', at: 'if (a) {\n\t|', text: 'b();\n}\nc();\n', want: 'b();\n}' },
    {
      name: 'without the bracket that is there',
      at: 'if (a) {\n\t|\n}\n',
      text: 'b();\n\tc();\n}\n',
      want: 'b();\n\tc();',
    },
    {
      name: 'until a dedent',
      at: 'def f(x):|',
      text: '\n    return x\n\ndef g():\n',
      want: '\n    return x',
    },
    {
      name: 'inside a block, too, to its end',
      at: 'if (a) {\n\tb();\n\t|',
      text: 'c();\n\td();\n}\ne();\n}\n',
      want: 'c();\n\td();\n}\ne();',
    },
    {
      name: 'with text below within the block alone',
      at: 'if (a) {\n\t|\n\tz();\n',
      text: 'c();\n\td();\n}\n',
      want: 'c();\n\td();',
    },
    {
      name: 'with text below out of the block that ends there',
      at: 'if (a) {\n\tb = |\nc();\n',
      text: 'd;\n}\n',
      want: 'd;\n}',
    },
    {
      name: 'with text below until the dedent',
      at: 'def f(x):\n    a = |\n    c = 1\n',
      text: 'b\n    d = 2\nreturn\n',
      want: 'b\n    d = 2',
    },
    {
      name: 'not past a bracket that the editor closed below',
      at: 'f(\n  |\n);\n',
      text: 'a,\n  b\n);\ng();',
      want: 'a,\n  b',
    },
    {
      name: 'past a bracket that is closed further up alone',
      at: 'if (a) {\n  f(\n    |\n}\n',
      text: 'a\n  );\n}\n',
      want: 'a\n  );',
    },
    {
      name: 'with a bracket opened before all that is read',
      at: '\tx|',
      text: ' = 1;\n}\n',
      want: ' = 1;',
    },
    { name: 'not before a bracket', at: 'f({|})', text: '\n  a,\n})', want: '' },
    {
      name: 'a value behind a colon is one line',
      at: '{\n  "a":|',
      text: ' "b",\n  "c": 1\n',
      want: ' "b",',
    },
    { name: 'two blank lines end it', at: 'def f():|', text: '\n    a\n\n\n    b\n', want: '\n    a' },
    {
      name: 'eight at most',
      at: '{|',
      text: '\n a;\n b;\n c;\n d;\n e;\n f;\n g;\n h;\n',
      want: '\n a;\n b;\n c;\n d;\n e;\n f;\n g;',
    },
    {
      name: 'with the bracket where the one below is another',
      at: 'if (a) {\n\tif (b) {\n\t\t|\n}\n',
      text: 'c;\n\t}\n',
      want: 'c;\n\t}',
    },
    {
      name: 'without lines that are there',
      at: '{\n  |\n  b();\n}',
      text: 'a();\n  b();\n}\n',
      want: 'a();',
    },
  ]) {
    it(name, () => expect(trimAt(at, text)).toBe(want));
  }
});

describe('repetition', () => {
  for (const { text, want } of [
    { text: '', want: undefined },
    { text: 'abcdabcd', want: undefined },
    { text: 'x abcdabcdabcd', want: 6 },
    { text: '--------', want: undefined },
    { text: '---------', want: 8 },
    { text: '0, 0, 0, ', want: undefined },
    { text: `\n${' '.repeat(24)}`, want: undefined },
  ]) {
    it(JSON.stringify(text), () => expect(repetitionStart(text)).toBe(want));
  }

  it('ends a suggestion after the first copy', () => {
    expect(trimAt('x = |', 'foo(a) + foo(a) + foo(a) + ')).toBe('foo(a) +');
  });
});

describe('before other text on the line', () => {
  for (const { name, at, text, want } of [
    { name: 'a condition', at: 'if (|) {', text: 'a && b) {\n', want: 'a && b' },
    { name: 'an argument', at: 'foo(|, b)', text: 'a, c);\n', want: 'a' },
    { name: 'an argument that holds commas', at: 'foo(|, b)', text: 'g(x, y), b);\n', want: 'g(x, y)' },
    { name: 'parameters', at: 'def f(|):', text: 'self, x):\n    return x', want: 'self, x' },
    { name: 'a value before a colon', at: 'case |:', text: 'A.b:\n', want: 'A.b' },
    { name: 'a name before a block', at: 'class A |{', text: 'extends B {\n', want: 'extends B' },
    { name: 'parameters of an arrow', at: 'map((a, |) => a)', text: 'index) => b)', want: 'index' },
    { name: 'what an arrow has before it', at: 'map(| => a)', text: '(a, b) => a', want: '(a, b)' },
    { name: 'a name before an assignment', at: 'const | = 1;', text: 'a = b;\n', want: 'a' },
    { name: 'but not before an equality', at: 'if (|) {', text: 'a === b) {', want: 'a === b' },
    { name: 'text in an element', at: '<b>|</b>', text: 'bold</b>', want: 'bold' },
    { name: 'attributes', at: '<Foo |/>', text: 'a="b"/>', want: 'a="b"' },
    { name: 'a comment', at: '/** | */', text: 'Adds one. */\n', want: 'Adds one.' },
    { name: 'a value before a comment', at: 'x = | // note', text: 'y; // note\n', want: 'y;' },
    { name: 'full-width brackets', at: '（|）', text: '注）\n', want: '注' },
    { name: 'a word', at: 'return |value;', text: 'await value;', want: 'await' },
    { name: 'a word that only begins alike', at: 'f(|data)', text: 'database, data)', want: 'database,' },
    { name: 'a call behind it', at: '[|].map(f)', text: 'a, b].map(g)', want: 'a, b' },
    { name: 'within a string', at: 'say("| world");', text: 'hello world");', want: 'hello' },
    { name: 'one line', at: 'foo(|, b)', text: '\n  a,\n', want: '' },
  ]) {
    it(name, () => expect(trimAt(at, text)).toBe(want));
  }
});

describe('characters that nobody sees', () => {
  for (const character of ['\u200b', '\u2060', '\u00ad', '\ufeff', '\u{e0041}', '\u3164']) {
    it(`end a suggestion: U+${character.codePointAt(0)!.toString(16)}`, () => {
      expect(trimAt('x = |', `ab${character}cd`)).toBe('ab');
    });
  }

  it('are not those that join visible ones', () => {
    expect(trimAt('x = |', '"👩\u200d🚀 می\u200cخواهم"')).toBe('"👩\u200d🚀 می\u200cخواهم"');
  });
});

it('whatever the text, what is shown is a beginning of it that ends in no white space', () => {
  const piece = fc.constantFrom(...'ab(){}[]"\';,:\n\t \\é😀');
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, text, text, (prefix, suffix, written) => {
      const context = cursorContextOf(prefix, suffix, { tabSize: 4 });
      const shown = trimmed(written, context);
      expect(written.startsWith(shown)).toBe(true);
      expect(shown).toBe(shown.trimEnd());
      const allowed = allowedLength(written, context);
      expect(allowedLength(written.slice(0, allowed), context)).toBe(allowed);
    }),
    { seed: 1, numRuns: 2000 },
  );
});
