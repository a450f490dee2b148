import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { readModel } from '../../../src/model/index.ts';
import { expectRefusal, jsonLines, output, run } from '../command.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { tinyNetwork, writeTinyCorpus } from '../tiny-corpus.ts';

const at = temporaryFolder();
beforeAll(() => writeTinyCorpus(at('text')));

function trainTo(model: string, ...options: string[]): Promise<string> {
  return output('train', at('text'), '--model', at(model), ...tinyNetwork, ...options);
}

describe('train --json', () => {
  it('prints one JSON object a line: the corpus, thinned steps, validations, checkpoints, and the end', async () => {
    const events = jsonLines(await trainTo('json', '--steps', '250', '--json'));
    expect(events[0]).toMatchObject({ event: 'corpus', files: 12, leftOut: 0 });
    expect(events[0]).not.toHaveProperty('learnt');
    expect(events[1]).toMatchObject({ event: 'started', engine: 'wasm', resumedFromStep: 0 });

    const steps = events.filter(({ event }) => event === 'step');
    expect(steps.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100, 200]);
    for (const step of steps) {
      expect(Object.keys(step)).toEqual(['event', 'step', 'epoch', 'loss', 'charactersPerSecond']);
      expect(step['loss']).toBeGreaterThan(0);
    }
    expect(steps[0]?.['loss']).toBeCloseTo(Math.log(Number(events[0]?.['vocabularySize'])), 0);
    expect(steps.at(-1)?.['loss']).toBeLessThan(2);

    const validations = events.filter(({ event }) => event === 'validation');
    expect(validations.length).toBeGreaterThan(0);
    for (const validation of validations) {
      expect(Object.keys(validation)).toEqual(['event', 'step', 'bitsPerCharacter']);
    }
    const checkpoints = events.filter(({ event }) => event === 'checkpoint');
    expect(checkpoints.at(-1)).toEqual({ event: 'checkpoint', step: 250, path: at('json') });

    const done = events.at(-1);
    expect(Object.keys(done ?? {}).slice(0, 7)).toEqual([
      'event',
      'engine',
      'steps',
      'loss',
      'bitsPerCharacter',
      'charactersPerSecond',
      'seconds',
    ]);
    expect(done).toMatchObject({ event: 'done', engine: 'wasm', steps: 250, ending: 'steps' });
    expect(events.filter(({ event }) => event === 'done')).toHaveLength(1);
  });

  it('says that nothing was held out', async () => {
    const events = jsonLines(await trainTo('all', '--steps', '3', '--validation-fraction', '0', '--json'));
    expect(events.at(-1)).toMatchObject({ steps: 3, bitsPerCharacter: null });
    expect(events.some(({ event }) => event === 'validation')).toBe(false);
  });
});

describe('train', () => {
  it('prints plain lines where there is no terminal', async () => {
    const lines = (await trainTo('plain', '--epochs', '1')).split('\n');
    expect(lines[0]).toMatch(/^12 files, \d+ characters, \d+ symbols; \d+ held out/);
    expect(lines).toContainEqual(expect.stringMatching(/^step 9, epoch 0: loss \d\.\d{4} nats, /));
    expect(lines).toContainEqual(
      expect.stringMatching(/^held out at step \d+: \d\.\d{3} bits per character$/),
    );
    expect(lines).toContain(`saved ${at('plain')} at step ${(await readModel(at('plain'))).training.steps}`);
    expect(lines.at(-2)).toMatch(/^done after \d+ steps, .*loss/);
    expect(lines.join('\n')).not.toContain('\u001b');
  });

  it('trains the same model again with the same seed, and another with another', async () => {
    await trainTo('a', '--steps', '30', '--dropout', '0.2', '--layers', '2');
    await trainTo('b', '--steps', '30', '--dropout', '0.2', '--layers', '2');
    await trainTo('c', '--steps', '30', '--dropout', '0.2', '--layers', '2', '--seed', '1');
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((name) => readModel(at(name))));
    expect(b?.weights).toEqual(a?.weights);
    expect(b?.optimizer).toEqual(a?.optimizer);
    expect(c?.weights).not.toEqual(a?.weights);
  });

  it('makes the folder of the model, and leaves nothing but the model in it', async () => {
    await trainTo('deep/er/model', '--steps', '2');
    expect(await readdir(at('deep/er'))).toEqual(['model']);
  });

  it('is not limited by the default epochs when steps are asked for', async () => {
    const events = jsonLines(await trainTo('many', '--steps', '1500', '--json'));
    expect(events.at(-1)).toMatchObject({ steps: 1500, ending: 'steps' });
  });

  it('keeps the old model as FILE.previous unless it resumes', async () => {
    await trainTo('kept', '--steps', '5');
    await copyFile(at('kept'), at('first'));
    await trainTo('kept', '--steps', '3');
    expect(await readFile(at('kept.previous'))).toEqual(await readFile(at('first')));
    expect((await readModel(at('kept'))).training.steps).toBe(3);
  });

  it('resumes where it ended, bit for bit', async () => {
    await trainTo('whole', '--steps', '80');
    await trainTo('parts', '--steps', '33');
    const events = jsonLines(await trainTo('parts', '--steps', '80', '--resume', '--json'));
    expect(events[1]).toMatchObject({ event: 'started', resumedFromStep: 33 });
    expect(events[1]).not.toHaveProperty('note');
    const [whole, parts] = await Promise.all([readModel(at('whole')), readModel(at('parts'))]);
    expect(parts.weights).toEqual(whole.weights);
    expect(parts.optimizer).toEqual(whole.optimizer);
    expect(parts.state).toEqual(whole.state);
  });

  it('starts anew when there is nothing to resume, and says so', async () => {
    const events = jsonLines(await trainTo('none', '--steps', '2', '--resume', '--json'));
    expect(events[1]).toMatchObject({ event: 'started', resumedFromStep: 0 });
    expect(events[1]?.['note']).toMatch(/no model .* to resume, so a new one is trained/);
    expect(await trainTo('none2', '--steps', '2', '--resume')).toMatch(/no model .* to resume/);
  });

  it('takes several paths, and a file named itself although its folder leaves it out', async () => {
    await mkdir(at('ignored'));
    await writeFile(at('ignored/.gitignore'), '*.txt\n');
    await writeFile(at('ignored/one.txt'), 'some words to learn, again and again\n'.repeat(30));
    const events = jsonLines(
      await output(
        ...['train', at('ignored/one.txt'), at('text'), '--model', at('several'), '--steps', '2', '--json'],
        ...tinyNetwork,
      ),
    );
    expect(events[0]).toMatchObject({ files: 13 });
  });
});

describe('train over what is no model', () => {
  async function refused(target: string, why: RegExp, ...options: string[]): Promise<void> {
    const ending = await run(
      'train',
      at('text'),
      ...options,
      '--model',
      target,
      '--steps',
      '1',
      ...tinyNetwork,
    );
    expectRefusal(ending, 1, why);
  }

  it('leaves a file alone that is no model', async () => {
    await writeFile(at('letter.txt'), 'dear reader\n');
    await refused(at('letter.txt'), /is no model and would be lost/);
    expect(await readFile(at('letter.txt'), 'utf8')).toBe('dear reader\n');
  });

  it('leaves a file alone that is to be learnt, by whatever path', async () => {
    await writeFile(at('book.safetensors'), 'once upon a time\n'.repeat(100));
    await symlink(at('book.safetensors'), at('book-link'));
    await refused(at('book.safetensors'), /is a file to be learnt/, at('book-link'));
    await refused(at('book-link'), /is a file to be learnt/, at('book.safetensors'));
  });

  it.skipIf(process.platform === 'win32')('leaves devices alone, and links that lead nowhere', async () => {
    await symlink('circle', at('circle'));
    await refused(at('circle'), /its symbolic links lead in a circle/);
    execFileSync('mkfifo', [at('pipe')]);
    await refused(at('pipe'), /not a regular file/);
  });

  it('takes the place of an empty file, and of a damaged model', async () => {
    await writeFile(at('hollow'), '');
    await trainTo('hollow', '--steps', '1');
    const whole = await readFile(at('hollow'));
    await writeFile(at('hollow'), whole.subarray(0, whole.length - 5));
    await trainTo('hollow', '--steps', '1');
    expect((await readModel(at('hollow'))).training.steps).toBe(1);
  });
});

describe('train that cannot', () => {
  for (const [name, parameters, message] of [
    ['a path that is not there', () => [at('nowhere'), '--model', at('x')], /nowhere/],
    ['an empty folder', () => [at('empty'), '--model', at('x')], /nothing to learn/i],
    ['the engine tensorflow', () => [at('text'), '--model', at('x'), '--engine', 'tensorflow'], /tensorflow/],
    ['a model below a file', () => [at('text'), '--model', at('text/file0.ts/x')], /x/],
    [
      'a network without end',
      () => [at('text'), '--model', at('x'), '--units', '4096', '--layers', '8'],
      /parameters/,
    ],
    ['a model that is a folder', () => [at('text'), '--model', at('empty'), '--steps', '2'], /folder/],
    [
      'a broken model to resume',
      () => [at('text'), '--model', at('broken'), '--resume'],
      /cannot be used as a model/,
    ],
  ] as const) {
    it(`fails with one sentence: ${name}`, async () => {
      await mkdir(at('empty'), { recursive: true });
      await writeFile(at('broken'), 'not a model');
      const { status, stderr } = await run('train', ...parameters());
      expect(stderr).toMatch(message);
      expect(stderr).toMatch(/^[A-Z][^\n]*\.\n$/);
      expect(status).toBe(1);
      expect(await readFile(at('broken'), 'utf8')).toBe('not a model');
    });
  }

  it('gives a person who wants to know the details of a failure', async () => {
    const ending = await run('train', at('nowhere'), '--model', at('x'));
    expectRefusal(ending, 1, /nowhere/);
    expect(ending.stderr).not.toMatch(/\bat .*:\d+:\d+/);
  });
});
