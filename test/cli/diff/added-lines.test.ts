import { describe, expect, it } from 'vitest';
import { addedLines } from '../../../src/cli/diff/added-lines.ts';

const added = (...lines: string[]) =>
  addedLines(lines.join('\n')).map(({ names, lines: found }) => ({ names, lines: [...found] }));

describe('addedLines', () => {
  it('numbers what is added by the new file, of several files and hunks', () => {
    expect(
      added(
        'diff --git a/src/x.c b/src/x.c',
        'index 1..2 100644',
        '--- a/src/x.c',
        '+++ b/src/x.c',
        '@@ -1,3 +1,4 @@ main',
        ' one',
        '-two',
        '+TWO',
        '+more',
        ' three',
        '@@ -10 +11,2 @@',
        ' ten',
        '+eleven',
        'diff --git a/y b/y',
        '--- a/y',
        '+++ b/y',
        '@@ -0,0 +1 @@',
        '+y',
        '',
      ),
    ).toEqual([
      {
        names: ['src/x.c', 'b/src/x.c'],
        lines: [
          [2, 'TWO'],
          [3, 'more'],
          [12, 'eleven'],
        ],
      },
      { names: ['y', 'b/y'], lines: [[1, 'y']] },
    ]);
  });

  it('takes added lines that look like headers for what they are', () => {
    const [{ lines }] = added(
      '--- a/x',
      '+++ b/x',
      '@@ -1 +1,2 @@',
      '--- one',
      '+++ two',
      '+@@ -1 +1 @@',
      '',
    );
    expect(lines).toEqual([
      [1, '++ two'],
      [2, '@@ -1 +1 @@'],
    ]);
  });

  it.each([
    ['with a time behind it', 'x.c\t2024-01-01 00:00:00', ['x.c']],
    ['with spaces', 'b/a file.c', ['a file.c', 'b/a file.c']],
    ['quoted by Git', '"b/gr\\303\\274n \\"x\\".c"', ['grün "x".c', 'b/grün "x".c']],
    ['with another prefix', 'w/x.c', ['x.c', 'w/x.c']],
  ])('reads a name %s', (_, name, names) => {
    expect(added(`--- ${name}`, `+++ ${name}`, '@@ -0,0 +1 @@', '+x')[0].names).toEqual(names);
  });

  it('reads CRLF, and files that do not end with a line end', () => {
    const [{ lines }] = added(
      '--- a/x\r',
      '+++ b/x\r',
      '@@ -1 +1 @@\r',
      '-old\r',
      '\\ No newline at end of file\r',
      '+new\r',
      '\\ No newline at end of file\r',
    );
    expect(lines).toEqual([[1, 'new']]);
  });

  it.each([
    ['nothing', ['']],
    ['a file that is removed', ['diff --git a/x b/x', '--- a/x', '+++ /dev/null', '@@ -1 +0,0 @@', '-x', '']],
    ['a rename', ['diff --git a/x b/y', 'similarity index 100%', 'rename from x', 'rename to y', '']],
    [
      'a submodule',
      [
        'diff --git a/x b/x',
        'index 1..2 160000',
        '--- a/x',
        '+++ b/x',
        '@@ -1 +1 @@',
        '-Subproject commit 1',
        '+Subproject commit 2',
        '',
      ],
    ],
    ['a submodule in the format of git diff --submodule=log', ['Submodule x 1..2:', '  > two', '']],
    [
      'a symbolic link',
      [
        'diff --git a/x b/x',
        'new file mode 120000',
        '--- /dev/null',
        '+++ b/x',
        '@@ -0,0 +1 @@',
        '+y',
        '\\ No newline at end of file',
        '',
      ],
    ],
    ['a binary file', ['diff --git a/x b/x', 'Binary files a/x and b/x differ', '']],
  ])('finds nothing that %s adds', (_, lines) => expect(added(...lines)).toEqual([]));

  it.each([
    ['something else', ['hello', 'world'], 'not a unified diff'],
    ['a diff that is cut off', ['--- a/x', '+++ b/x', '@@ -1,3 +1,3 @@', ' one', ''], 'one of its hunks'],
    [
      'a coloured diff',
      ['\x1b[1mdiff --git a/x b/x\x1b[m', 'Binary files a/x and b/x differ', ''],
      'has colours',
    ],
    ['the diff of a merge', ['diff --cc x', '@@@ -1 -1 +1 @@@', '++x'], 'that of a merge'],
  ])('says why it cannot read %s', (_, lines, reason) => {
    expect(() => added(...lines)).toThrow(reason);
  });
});
