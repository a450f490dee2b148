import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { readModel, writeModel } from '../../src/model/index.ts';
import { expectRefusal, output, run, start } from './command.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { tinyNetwork, writeTinyCorpus } from './tiny-corpus.ts';

const at = temporaryFolder();

beforeAll(async () => {
  await writeTinyCorpus(at('text'));
  await output('train', at('text'), '--model', at('model'), '--steps', '1500', ...tinyNetwork);
});

function json(text: string): Record<string, unknown> {
  expect(text.trimEnd().split('\n')).toHaveLength(1);
  return JSON.parse(text) as Record<string, unknown>;
}

describe('sample', () => {
  it('writes exactly as many characters as asked for, and nothing else', async () => {
    for (const length of ['0', '1', '77']) {
      expect([...(await output('sample', at('model'), '--length', length))]).toHaveLength(Number(length));
    }
    expect([...(await output('sample', at('model')))]).toHaveLength(500);
  });

  it('writes the same again with the same seed, and at temperature 0 with any', async () => {
    const sample = (...options: string[]): Promise<string> =>
      output('sample', at('model'), '--temperature', ...options);
    expect(await sample('1', '--seed', '4')).toBe(await sample('1', '--seed', '4'));
    expect(await sample('1', '--seed', '4')).not.toBe(await sample('1', '--seed', '5'));
    expect(await sample('0', '--seed', '4')).toBe(await sample('0', '--seed', '5'));
  });

  it('goes on from what it is primed with', async () => {
    const text = await output(
      'sample',
      at('model'),
      '--prime',
      '  const value3x',
      '--length',
      '8',
      '--temperature',
      '0',
    );
    expect(text).toMatch(/^\d+ = /);
  });

  it('reads its prime from a file or standard input', async () => {
    const prime = '  const value3x';
    await writeFile(at('prime.ts'), prime);
    const options = ['sample', at('model'), '--length', '8', '--temperature', '0'];
    const text = await output(...options, '--prime', prime);
    expect(await output(...options, '--prime-file', at('prime.ts'))).toBe(text);
    expect(await start([...options, '--prime-file', '-'], prime).ended).toEqual({
      status: 0,
      stdout: text,
      stderr: '',
    });
    expect((await run(...options, '--prime-file', at('none'))).stderr).toMatch(/none cannot be read/);
    expect((await run(...options, '--prime-file', at('prime.ts'), '--prime', 'a')).status).toBe(2);
  });

  it('says which characters of its prime the model does not know', async () => {
    const { status, stdout, stderr } = await run('sample', at('model'), '--prime', 'Привет', '--length', '5');
    expect(status).toBe(0);
    expect([...stdout]).toHaveLength(5);
    expect(stderr).toMatch(/^This model does not know the characters П р и в е т of the prime,.*\n$/);
  });

  it('ends quietly when nobody reads any more', async () => {
    const running = start(['sample', at('model'), '--length', '100000000']);
    running.child.stdout.once('data', () => running.child.stdout.destroy());
    const { status, stderr } = await running.ended;
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('gives status 130 when interrupted', async () => {
    const running = start(['sample', at('model'), '--length', '100000000']);
    running.child.stdout.once('data', () => running.child.kill('SIGINT'));
    expect((await running.ended).status).toBe(130);
  });
});

describe('evaluate', () => {
  it('measures whole files', async () => {
    const text = await output('evaluate', at('model'), at('text'), '--json');
    const result = json(text);
    expect(Object.keys(result)).toEqual(['characters', 'bitsPerCharacter', 'perplexity', 'accuracy']);
    const corpus = json(await output('corpus', at('text'), '--json'));
    expect(result['characters']).toBe(corpus['characters']);
    expect(result['bitsPerCharacter']).toBeGreaterThan(0);
    expect(result['bitsPerCharacter']).toBeLessThan(2.5);
    expect(result['perplexity']).toBeCloseTo(2 ** Number(result['bitsPerCharacter']), 9);
    expect(result['accuracy']).toBeGreaterThan(0.5);
  });

  it('measures a file named itself, and finds foreign text harder', async () => {
    await writeFile(
      at('foreign.txt'),
      'Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich.\n'.repeat(5),
    );
    const known = json(await output('evaluate', at('model'), at('text/file0.ts'), '--json'));
    const foreign = json(await output('evaluate', at('model'), at('foreign.txt'), '--json'));
    expect(foreign['characters']).toBe(325);
    expect(Number(foreign['bitsPerCharacter'])).toBeGreaterThan(Number(known['bitsPerCharacter']));
  });

  it('prints lines for people', async () => {
    expect(await output('evaluate', at('model'), at('text'))).toMatch(
      /^characters +\d+\nbits per character +\d\.\d{4}\nperplexity +[\d.]+\naccuracy +[\d.]+ %\n$/,
    );
  });

  it('fails with one sentence when there is nothing to measure', async () => {
    await mkdir(at('empty'));
    expectRefusal(await run('evaluate', at('model'), at('empty')), 1, /no text/);
    expectRefusal(await run('evaluate', at('model'), at('nowhere')), 1, /nowhere/);
  });
});

describe('complete', () => {
  const source = 'export function run1() {\n  const value1x1 = re\n}\n';

  it('suggests at a line and column, with its confidence', async () => {
    await writeFile(at('source.ts'), source);
    const result = json(
      await output(
        'complete',
        at('model'),
        at('source.ts'),
        '--line',
        '2',
        '--column',
        '22',
        '--temperature',
        '0',
        '--json',
      ),
    );
    expect(result['text']).toMatch(/^ad\(/);
    expect(result['confidence']).toBeGreaterThan(0);
    expect(result['confidence']).toBeLessThanOrEqual(1);
  });

  it('takes the end of a line, the end of the source, and standard input', async () => {
    await writeFile(at('source.ts'), source);
    const byColumn = await output('complete', at('model'), at('source.ts'), '--line', '2', '--column', '22');
    expect(await output('complete', at('model'), at('source.ts'), '--line', '2')).toBe(byColumn);
    const cut = source.slice(0, source.indexOf('re\n') + 2);
    await writeFile(at('cut.ts'), cut);
    const atEnd = await output('complete', at('model'), at('cut.ts'));
    expect(atEnd).toMatch(/^ad\(/);
    const piped = await start(['complete', at('model'), '-'], cut).ended;
    expect(piped).toEqual({ status: 0, stdout: atEnd, stderr: '' });
  });

  it('reads CRLF and UTF-16 sources as the corpus does', async () => {
    const parameters = ['--line', '2', '--column', '22', '--temperature', '0'];
    await writeFile(at('source.ts'), source);
    const expected = await output('complete', at('model'), at('source.ts'), ...parameters);
    expect(expected).not.toBe('');
    await writeFile(at('crlf.ts'), source.replaceAll('\n', '\r\n'));
    await writeFile(at('utf16.ts'), Buffer.from(`\uFEFF${source}`, 'utf16le'));
    for (const name of ['crlf.ts', 'utf16.ts']) {
      expect(await output('complete', at('model'), at(name), ...parameters)).toBe(expected);
    }
  });

  it('reads comments and strings by the rules of the language that the name of the source says', async () => {
    // A string in TypeScript, in which nothing is suggested that far behind its quote; a lifetime in Rust.
    const quoted = `type A = &'static [${'u8, '.repeat(20)}]; const value1x1 = re`;
    await writeFile(at('source.ts'), quoted);
    await writeFile(at('source.rs'), quoted);
    expect(await output('complete', at('model'), at('source.ts'))).toBe('');
    expect(await output('complete', at('model'), at('source.rs'))).not.toBe('');
  });

  it('prints nothing, or an empty text, where there is nothing to suggest', async () => {
    await writeFile(at('source.ts'), source);
    const midWord = ['complete', at('model'), at('source.ts'), '--line', '2', '--column', '5'];
    expect(await output(...midWord)).toBe('');
    expect(json(await output(...midWord, '--json'))['text']).toBe('');
  });

  it('refuses a place that is not there', async () => {
    await writeFile(at('source.ts'), source);
    const complete = (...place: string[]): ReturnType<typeof run> =>
      run('complete', at('model'), at('source.ts'), ...place);
    expectRefusal(await complete('--line', '9'), 2, /no line 9, because the source has 4/);
    expectRefusal(
      await complete('--line', '2', '--column', '23'),
      2,
      /no column 23, because line 2 ends at column 22/,
    );
    expectRefusal(await run('complete', at('model'), at('nowhere')), 1, /no such file/);
    expectRefusal(await run('complete', at('model'), at('text')), 1, /folder/);
  });
});

describe('inspect', () => {
  it('tells what is in the file', async () => {
    const result = json(await output('inspect', at('model'), '--json'));
    const { specification, training } = await readModel(at('model'));
    expect(result).toMatchObject({
      specification,
      vocabularySize: specification.vocabularySize,
      steps: 1500,
    });
    expect(result['losses']).toEqual(training.losses);
    expect(result['validations']).toEqual(training.validations);
    expect(result).toMatchObject({ engine: 'wasm', exactResume: true });
    expect(result['parameters']).toBeGreaterThan(1000);
  });

  it('prints lines for people', async () => {
    expect(await output('inspect', at('model'))).toMatch(/^network +lstm, 1 layer of 16 units\n/);
  });
});

describe('a source that is no regular file', () => {
  it.skipIf(process.platform === 'win32')('is refused rather than waited for', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    expectRefusal(await run('complete', at('model'), at('pipe')), 1, /not a regular file/);
  });
});

describe('a model with weights out of all bounds', () => {
  it('is not measured', async () => {
    const model = await readModel(at('model'));
    for (const values of model.weights.values()) values.fill(3e38);
    await writeModel(at('loud'), model);
    expectRefusal(await run('evaluate', at('loud'), at('text'), '--json'), 1, /out of all bounds/);
  });
});

describe('a file that is no model', () => {
  it('is refused by every command with one sentence and status 1', async () => {
    const whole = await readFile(at('model'));
    const flipped = Buffer.from(whole);
    flipped.writeUInt8(flipped.readUInt8(flipped.length - 9) ^ 4, flipped.length - 9);
    const hugeHeader = Buffer.from(whole);
    hugeHeader.writeBigUInt64LE(2n ** 62n);
    for (const [name, bytes] of [
      ['flipped', flipped],
      ['hugeHeader', hugeHeader],
      ['cut', whole.subarray(0, whole.length >> 1)],
      ['empty-file', Buffer.alloc(0)],
    ] as const) {
      await writeFile(at(name), bytes);
      for (const rest of [
        ['sample'],
        ['inspect'],
        ['evaluate', at('text')],
        ['complete', at('text/file0.ts')],
      ]) {
        const [command = '', ...more] = rest;
        expectRefusal(await run(command, at(name), ...more), 1, /cannot be used as a model/);
      }
    }
    expectRefusal(await run('sample', at('missing')), 1, /no model file/);
    expectRefusal(await run('inspect', at('text')), 1, /is a folder/);
  });
});
