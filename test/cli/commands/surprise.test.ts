import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';
import { expectRefusal, output, run, start } from '../command.ts';
import { tinyNetwork, writeTinyCorpus } from '../tiny-corpus.ts';

interface Ranked {
  readonly lines: readonly {
    readonly path: string;
    readonly line: number;
    readonly column: number;
    readonly surprise: number;
    readonly text: string;
    readonly expected: string;
  }[];
}

const at = temporaryFolder();
let folder: string;
let corpus: string;
let model: string;
let wrong: string;

const WRONG_LINE = '  const value3x5 = raed(6) + 5;';

beforeAll(async () => {
  folder = at('');
  corpus = join(folder, 'src');
  model = join(folder, 'model.safetensors');
  await writeTinyCorpus(corpus);
  await output('train', corpus, '--model', model, ...tinyNetwork, '--epochs', '1', '--memory', '--json');
  wrong = join(corpus, 'file3.ts');
  const text = await readFile(wrong, 'utf8');
  await writeFile(wrong, text.replace(/^ {2}const value3x5 = .*$/m, WRONG_LINE));
});

const ranked = async (...parameters: string[]): Promise<Ranked> =>
  JSON.parse(await output('surprise', ...parameters, '--model', model, '--json')) as Ranked;

describe('char-rnn surprise', () => {
  it('ranks every line that is not blank, and finds the one with a mistake', async () => {
    await writeFile(join(folder, 'blank.ts'), '\n  \n\n');
    const { lines } = await ranked(wrong, join(folder, 'blank.ts'), '--workspace', corpus, '--top', '1000');
    expect(lines.length).toBe(14);
    expect(lines[0]).toMatchObject({ path: wrong, line: 7, column: 20, text: WRONG_LINE, expected: 'read' });
    const bits = lines.map(({ surprise }) => surprise);
    expect(bits).toEqual([...bits].sort((a, b) => b - a));
    expect(bits[0]).toBeGreaterThan(2 * bits[1]);
  });

  it('prints the most surprising lines first, as many as --top says', async () => {
    const printed = await output('surprise', wrong, '--model', model, '--workspace', corpus, '--top', '2');
    const [first, ...others] = printed.trimEnd().split('\n');
    expect(first).toContain(`${wrong}:7:20: ${WRONG_LINE.trim()}   (expected: read)`);
    expect(others.length).toBe(1);
  });

  it('does not know the files themselves from --workspace', async () => {
    const copy = join(folder, 'one');
    await mkdir(copy);
    await writeFile(join(copy, 'only.ts'), await readFile(wrong, 'utf8'));
    const only = join(copy, 'only.ts');
    const known = await ranked(only, '--workspace', copy, '--top', '1000');
    const unknown = await ranked(only, '--top', '1000');
    expect(known).toEqual(unknown);
  });

  it('fails where a line has more bits than --fail-above, having printed them', async () => {
    const parameters = ['surprise', wrong, '--model', model, '--workspace', corpus, '--top', '1'];
    const failed = await run(...parameters, '--fail-above', '0.5');
    expect(failed.status).toBe(1);
    expect(failed.stdout).toContain(`${wrong}:7:20`);
    expect(failed.stderr).toMatch(/^(One line has|\d+ lines have) more than 0\.5 bits .*file3\.ts:7.*\.\n$/);
    const passed = await run(...parameters, '--fail-above', '50');
    expect([passed.status, passed.stderr]).toEqual([0, '']);
  });

  it('fails above --fail-above although the reader of its output is gone', async () => {
    const running = start(['surprise', wrong, '--model', model, '--fail-above', '0']);
    running.child.stdout.destroy();
    const { status, stderr } = await running.ended;
    expect(stderr).toMatch(/more than 0 bits/);
    expect(status).toBe(1);
  });

  it('ranks what a diff adds alone, from standard input, below the folder it is run in', async () => {
    const diff = `--- a/src/file3.ts\n+++ b/src/file3.ts\n@@ -7 +7 @@\n-  const value3x5 = read(6) + 5;\n+${WRONG_LINE}\n`;
    const parameters = ['surprise', '--diff', '-', '--model', model, '--workspace', corpus, '--json'];
    const { status, stdout } = await start(parameters, diff, corpus).ended;
    expect(status).toBe(0);
    const { lines } = JSON.parse(stdout) as Ranked;
    expect(lines.map(({ path, line }) => [path, line])).toEqual([['file3.ts', 7]]);
    const other = await start(
      ['surprise', 'file4.ts', '--diff', '-', '--model', model, '--json'],
      diff,
      corpus,
    ).ended;
    expect(JSON.parse(other.stdout)).toEqual({ lines: [] });
  });

  it('refuses a diff that does not fit the files', async () => {
    const diff = `--- a/src/file3.ts\n+++ b/src/file3.ts\n@@ -7 +7 @@\n-x\n+something else\n`;
    const parameters = ['surprise', '--diff', '-', '--model', model];
    expectRefusal(await start(parameters, diff, folder).ended, 1, /does not fit .*file3\.ts, whose line 7/);
    const gone = diff.replaceAll('file3', 'gone');
    expectRefusal(await start(parameters, gone, folder).ended, 1, /names src\/gone\.ts, which is not there/);
  });

  it('ranks what a diff adds though one of its files is no text, which it says', async () => {
    const noText = Buffer.from('x\n\x81\x8d\xff\x01\x02\x03\x04\x05\x06\x07\x08\n', 'latin1');
    await writeFile(join(folder, 'odd.bin'), noText);
    await writeFile(join(folder, 'plain.ts'), `${WRONG_LINE}\n`);
    const diffOf = (name: string, count: number): string =>
      `--- /dev/null\n+++ b/${name}\n@@ -0,0 +1,${count} @@\n`;
    const diff = join(folder, 'odd.diff');
    await writeFile(
      diff,
      Buffer.concat([
        Buffer.from(`${diffOf('odd.bin', 2)}+x\n+`),
        noText.subarray(2),
        Buffer.from(`${diffOf('plain.ts', 1)}+${WRONG_LINE}\n`),
      ]),
    );
    const parameters = ['surprise', '--diff', diff, '--model', model, '--json'];
    const { status, stdout, stderr } = await start(parameters, '', folder).ended;
    expect([status, stderr]).toEqual([0, expect.stringMatching(/^odd\.bin is not ranked: .*\.\n$/)]);
    expect((JSON.parse(stdout) as Ranked).lines.map(({ path }) => path)).toEqual(['plain.ts']);
  });

  it.each([
    ['neither FILE nor --diff', [], /Name a FILE or a --diff/],
    ['standard input as a FILE', ['-'], /can only be the --diff/],
    ['--top 0', ['x.ts', '--top', '0'], /whole number/],
  ])('refuses %s as wrong usage', async (_, parameters, message) => {
    expectRefusal(await run('surprise', ...parameters, '--model', model), 2, message);
  });

  it('says which file cannot be read, and that a model is needed', async () => {
    expectRefusal(await run('surprise', join(folder, 'no.ts'), '--model', model), 1, /no\.ts cannot be read/);
    expectRefusal(await run('surprise', wrong), 2, /--model/);
  });
});
