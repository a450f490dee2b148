import { describe, expect, it } from 'vitest';
import { BracketReader, openBracketsIn } from '../../../src/completion/text/brackets.ts';
import { cursorContextOf, isOpaque } from '../../../src/completion/text/cursor-context.ts';
import { syntaxOf } from '../../../src/completion/text/language-syntax.ts';
import { trimmed } from '../../../src/completion/text/trim.ts';
import { atCursor } from '../cursor.ts';

/** Brackets open behind the lines, and the string open behind the last one. */
const LINES: readonly [languageId: string | undefined, text: string, depth: number, quote: string][] = [
  ['rust', "fn next<'a>(&mut self) -> bool {", 1, ''],
  ['rust', "match c { '(' => f(b'[', '\\'', ", 2, ''],
  ['rust', "impl<'de> X<'de> for Y where T: Fro", 0, ''],
  ['rust', '/* { */ let s = "{', 0, '"'],
  ['go', "if r == '{' || r == '\"' {", 1, ''],
  ['clojure', "(def x '(1 2", 2, ''],
  ['clojure', '; (', 0, ''],
  ['ocaml', "let f (x : 'a) = (* :( *) g (", 1, ''],
  ['haskell', "go (c : cs) a' {- [ -} = [", 1, ''],
  ['vb', "If Foo(1) Then ' it's (\nBar(", 1, ''],
  ['vim', '" call (\ncall f(', 1, ''],
  ['python', '"""It\'s (a\nf(', 1, ''],
  ['python', 'x = [  # not ) here\n1, (', 2, ''],
  ['python', "f'{", 0, "'"],
  ['shellscript', 'if [ $# -gt 0 ]; then f "${x#y', 0, '"'],
  ['css', '#main {', 1, ''],
  ['c', '*p = f(', 1, ''],
  ['c', 'f(a, // it\'s "b" (\n', 1, ''],
  ['c', ' * a comment (\n', 0, ''],
  ['javascript', ';(function () {', 2, ''],
  ['javascript', 'f(`a\n${b} (', 1, '`'],
  ['sql', '-- (\nSELECT (', 1, ''],
  ['latex', "``so'' % (\n\\emph{", 1, ''],
  ['markdown', '"I said (and', 1, ''],
  ['plaintext', "In '98, (", 1, ''],
  [undefined, '#main {', 1, ''],
  [undefined, 'a // b (', 1, ''],
  [undefined, '// (', 0, ''],
  ['no such language', '"(', 0, '"'],
];

describe('brackets and strings by language', () => {
  it.each(LINES)('%s: %j', (languageId, text, depth, quote) => {
    const syntax = syntaxOf(languageId);
    const lines = text.split('\n');
    const reader = new BracketReader(openBracketsIn(lines.slice(0, -1), 4, [], syntax), syntax);
    reader.read(lines.at(-1)!);
    // Within one line both ways to read agree, comments aside: those are not left before their line ends.
    if (quote === '`') return;
    expect(reader.openQuote).toBe(quote);
    const isComment = openBracketsIn([lines.at(-1)!], 4, [], syntax).length < reader.depth;
    expect(isComment ? openBracketsIn(lines, 4, [], syntax).length : reader.depth).toBe(depth);
  });

  it('goes on in back quotes over line ends', () => {
    expect(new BracketReader([], syntaxOf('javascript')).read('f(`a\n(').openQuote).toBe('`');
  });

  it('leaves what a comment opened when its line ends', () => {
    const reader = new BracketReader([], syntaxOf('c')).read('f( // a (');
    expect(reader.depth).toBe(2);
    expect(reader.isUnmatched(')')).toBe(false);
    expect(reader.read('\n').depth).toBe(1);
  });

  it('closes nothing from within a comment', () => {
    const reader = new BracketReader([], syntaxOf('c')).read('f( // a');
    expect(reader.closes(')')).toBe(false);
    expect(reader.read('\n').closes(')')).toBe(true);
  });
});

describe('where quotes need not come in pairs', () => {
  const long = 'ConfigurationOfTheWholeDeviceTreeAndOfEverythingThatIsAttachedToIt';
  it.each([
    ['rust', `impl<'de> X for ${long} where T: Fro|`],
    ['clojure', `(map 'name (all ${long} re|`],
    ['ocaml', `let f (x : 'a) (${long} : 'b) = re|`],
    ['vb', `' the ${long} whose "name re|`],
    ['python', `"""Of the ${long} whose name re|`],
    ['markdown', `"In '98 the ${long} re|`],
    ['latex', `the \`\`${long}'' and "${long} re|`],
  ])('%s is suggested in', (languageId, text) => {
    const { prefix, suffix } = atCursor(text);
    expect(isOpaque(prefix, cursorContextOf(prefix, suffix, { tabSize: 4, languageId }))).toBe(false);
  });

  it('a long string is not', () => {
    const prefix = `let key = "${long} re`;
    expect(isOpaque(prefix, cursorContextOf(prefix, '', { tabSize: 4, languageId: 'rust' }))).toBe(true);
  });

  it('keeps the brackets of the lines above right', () => {
    const prefix = "fn next<'a>(&'a mut self) -> bool {\n    if x {\n        ";
    const context = cursorContextOf(prefix, '\n    }\n', { tabSize: 4, languageId: 'rust' });
    expect(trimmed('f(y);\n    }\n}\n', context)).toBe('f(y);');
  });
});
