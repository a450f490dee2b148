import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { beforeAll, describe, expect, it } from 'vitest';
import { readModel } from '../../../src/model/index.ts';
import { expectRefusal, jsonLines, output, run, start } from '../command.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const at = temporaryFolder();
const small = [
  '--layers',
  '1',
  '--units',
  '16',
  '--batch-size',
  '4',
  '--sequence-length',
  '20',
  '--threads',
  '1',
];
const korean = '나라의 말이 중국과 달라 한자와는 서로 통하지 아니하여서 값없이 훑고 읽었다.\n'.repeat(60);
const book = `*** START OF THE PROJECT GUTENBERG EBOOK X ***\n${'It was a dark\nand stormy night.\n\n'.repeat(90)}`;

beforeAll(async () => {
  await mkdir(at('texts'));
  await writeFile(at('texts/korean.txt'), iconv.encode(korean, 'euc-kr'));
  await writeFile(at('texts/book.txt'), book);
});

describe('recipe', () => {
  it('lists what there is', async () => {
    const text = await output('recipe', '--list');
    expect(text).toMatch(/^linux +The Linux-kernel demo/);
    expect(text.trimEnd().split('\n')).toHaveLength(5);
    const listed = JSON.parse(await output('recipe', '--list', '--json')) as { name: string }[];
    expect(listed.map(({ name }) => name)).toEqual([
      'linux',
      'shakespeare',
      'min-char-rnn',
      'author',
      'korean',
    ]);
  });

  it('trains as it says, on the files named, but for what the options say', async () => {
    const model = at('linux.safetensors');
    const text = await output(
      'recipe',
      'linux',
      at('texts/book.txt'),
      '--model',
      model,
      '--steps',
      '3',
      '--json',
    );
    const steps = jsonLines(text).filter(({ event }) => event === 'step');
    expect(steps.map(({ step }) => step)).toEqual([0, 1, 2, 3]);
    const { specification, training } = await readModel(model);
    expect(specification).toMatchObject({ cell: 'lstm', layers: 2, units: 128, embedding: 128 });
    expect(training).toMatchObject({ learningRate: 0.002, learningRateDecay: 0.97, validations: [] });
    expect(training.samples.map(({ step }) => step)).toEqual([0]);
  });

  it('learns Hangul of an unknown encoding in jamo and shows it in syllables', async () => {
    const model = at('korean.safetensors');
    const parameters = ['--model', model, '--steps', '60', '--learning-rate', '0.02', ...small];
    const shown = await output('recipe', 'korean', at('texts/korean.txt'), ...parameters);
    expect(shown).toMatch(/[\uac00-\ud7a3]/);
    expect(shown).not.toMatch(/[\u1100-\u11ff]/);
    const { vocabulary } = await readModel(model);
    expect(vocabulary.filter((symbol) => /[\uac00-\ud7a3]/.test(symbol))).toEqual([]);
    const written = await output('sample', model, '--length', '10000', '--temperature', '1.5');
    expect([...written]).toHaveLength(10_000);
    expect(written.normalize('NFC')).toBe(written);
    expect(written).not.toMatch(/[\u1100-\u11ff]/);
    expect(written.match(/[\uac00-\ud7a3]/g)!.length).toBeGreaterThan(3000);
  });

  it('merges and flattens books, beside the model', async () => {
    const model = at('author.safetensors');
    const cut = ['--characters', '2000', '--steps', '2', '--cell', 'lstm', '--dropout', '0'];
    const parameters = ['--model', model, ...cut, ...small];
    const text = await output('recipe', 'author', at('texts/book.txt'), '--json', ...parameters);
    expect(jsonLines(text)[0]).toMatchObject({ event: 'corpus', files: 1, characters: 2000 });
    const lines = (await readFile(`${model}.corpus/0000.txt`, 'utf8')).trimEnd().split('\n');
    expect(new Set(lines.slice(0, -1))).toEqual(new Set(['It was a dark and stormy night.']));
  });

  it('cuts plays into passages, of which some are held out', async () => {
    const model = at('plays.safetensors');
    const play = Array.from({ length: 3000 }, (_, i) => `HAMLET.\nTo be ${i} or not.\n`).join('');
    await writeFile(at('texts/play.txt'), play);
    const parameters = ['--model', model, '--steps', '1', '--milestones', '0', ...small];
    const text = await output('recipe', 'shakespeare', at('texts/play.txt'), '--json', ...parameters);
    const passages = (await readdir(`${model}.corpus`)).sort();
    expect(passages.length).toBeGreaterThan(5);
    const whole = await Promise.all(passages.map((name) => readFile(`${model}.corpus/${name}`, 'utf8')));
    expect(whole.join('').trimEnd()).toBe(play.trimEnd());
    expect(jsonLines(text)[0]).toMatchObject({ event: 'corpus', files: passages.length, validationFiles: 1 });
  });

  it('writes no samples after an interruption, which may have left no model', async () => {
    const model = at('interrupted.safetensors');
    const running = start(['recipe', 'linux', at('texts/book.txt'), '--model', model, ...small]);
    await running.line((line) => line.startsWith('the corpus is in'));
    running.child.kill('SIGINT');
    const { status, stdout, stderr } = await running.ended;
    expect(stderr).toBe('');
    expect(stdout).not.toContain('temperature');
    expect(status).toBe(130);
  });

  it('runs the classic loop, which prints as the classic does and leaves a model to use', async () => {
    const model = at('classic.safetensors');
    const parameters = ['--model', model, '--steps', '200', '--units', '20', '--sample-every', '100'];
    const text = await output('recipe', 'min-char-rnn', at('texts/book.txt'), ...parameters);
    expect(text).toMatch(/^iter 0, loss: \d+\.\d{6}$/m);
    expect(text).toMatch(/^iter 200, loss: \d+\.\d{6}$/m);
    const { specification, training } = await readModel(model);
    expect(specification).toMatchObject({ cell: 'rnn', layers: 1, units: 20, embedding: 0 });
    expect(training.samples.map(({ step }) => step)).toEqual([0, 100, 200]);
  });

  it('refuses what it cannot follow', async () => {
    expectRefusal(await run('recipe'), 2, /Name a recipe/);
    expectRefusal(await run('recipe', 'cake'), 2, /no recipe cake; there are linux, shakespeare/);
    expectRefusal(await run('recipe', 'toString'), 2, /no recipe toString/);
    expectRefusal(await run('recipe', 'min-char-rnn', '--layers', '2'), 2, /knows nothing of --layers/);
    expectRefusal(await run('recipe', 'linux', at('nowhere'), '--model', at('x')), 1, /nowhere/);
    expectRefusal(
      await run('recipe', 'linux', at('texts'), '--model', at('texts/book.txt')),
      1,
      /no model and would be lost/,
    );
  });
});
