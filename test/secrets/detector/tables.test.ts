import { describe, expect, it } from 'vitest';
import type { Expectation } from '../../../src/secrets/detector/finding.ts';
import { cellsBelow, followTable, isTableHeader, SqlTables } from '../../../src/secrets/detector/tables.ts';

describe('cellsBelow', () => {
  it.each<[string, string, readonly number[]]>([
    ['id,name,password', ',', [2]],
    ['user;passwort', ';', [1]],
    ['name\tpwd\trole', '\t', [1]],
    ['"login","passwd"', ',', [1]],
    ['username:pass', ':', [1]],
  ])('finds the columns of %j', (header, separator, columns) => {
    expect(cellsBelow(header)).toMatchObject({ separator, columns });
  });

  it.each(['id,name', 'password', 'token_type,pos', 'username: pass', 'f(name, password) {', ''])(
    'finds none in %j',
    (header) => {
      expect(cellsBelow(header)).toBeUndefined();
    },
  );

  it('asks for random values below a token', () => {
    const below = cellsBelow('token,pos')!;
    expect(followTable(below, 'running,VERB')).toEqual({ secret: false, next: below });
    expect(followTable(below, 'a8f3b2c9d1,VERB')).toEqual({ secret: true, next: below });
    expect(followTable(below, 'one cell').next).toBeUndefined();
  });
});

describe('SqlTables', () => {
  /** The lines that hold credentials. */
  function secrets(text: string): string[] {
    const tables = new SqlTables();
    let expected: Expectation | undefined;
    return text.split('\n').filter((line) => {
      const followed =
        expected?.form === 'rows' || expected?.form === 'copied rows'
          ? followTable(expected, line)
          : undefined;
      const read = tables.read(line, expected);
      expected = read.next ?? followed?.next;
      return read.secret || followed?.secret;
    });
  }

  it('knows the tables with a column of credentials', () => {
    const text =
      "CREATE TABLE a (id int, pwd text);\nCREATE TABLE b (\n  id int\n);\nINSERT INTO a VALUES (1, 'x');\nINSERT INTO b VALUES (1, 'x');";
    expect(secrets(text)).toEqual(["INSERT INTO a VALUES (1, 'x');"]);
  });

  it('follows rows', () => {
    expect(secrets("INSERT INTO u (n, secret)\nVALUES\n('a', 'x'),\n('b', 'y');\nSELECT 1;")).toEqual([
      "('a', 'x'),",
      "('b', 'y');",
    ]);
    expect(secrets('COPY u (n, password) FROM stdin;\na\tx\n\\.\nb\ty')).toEqual(['a\tx']);
  });

  it('keeps parameters, and rows of other columns', () => {
    expect(secrets('INSERT INTO u (n, password) VALUES (?, ?);')).toEqual([]);
    expect(secrets("INSERT INTO u (n, age) VALUES ('a', 7);")).toEqual([]);
    expect(secrets("INSERT INTO users VALUES (1, 'bob', 'Chair');")).toEqual([]);
    expect(secrets("INSERT INTO users VALUES (1, 'bob', 'Sommer2024!');")).toHaveLength(1);
  });
});

describe('isTableHeader', () => {
  it('wants a cell of nothing but the name', () => {
    expect(isTableHeader('| user | password |')).toBe(true);
    expect(isTableHeader('| the password of a user | x |')).toBe(false);
  });
});
