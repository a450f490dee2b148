import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { RandomGenerator, readModel } from '../../src/model/index.ts';
import { jsonLines, output, start } from './command.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { Running } from './command.ts';
import { tinyNetwork, writeTinyCorpus } from './tiny-corpus.ts';

const at = temporaryFolder();

beforeAll(() => writeTinyCorpus(at('text')));

/**
 * Unless `toStep` says otherwise, a training that would go on for long. Nothing is held out, so that what is saved is
 * where the training is, and not where it was best.
 */
function parametersFor(model: string, toStep = 1_000_000, ...options: string[]): string[] {
  const limits = ['--steps', String(toStep), '--validation-fraction', '0'];
  return ['train', at('text'), '--model', at(model), ...limits, ...tinyNetwork, ...options];
}

/** Starts a training that would go on for long, and waits until it has taken some steps. */
async function trainingUnderWay(model: string): Promise<Running> {
  const running = start(parametersFor(model, 1_000_000, '--json'));
  await running.line((line) => line.includes('"step":100,'));
  return running;
}

/** Resumes the training of `model` for some more steps, and compares it with one that was never interrupted. */
async function expectToGoOnExactly(model: string): Promise<void> {
  const steps = (await readModel(at(model))).training.steps + 150;
  await output(...parametersFor(model, steps, '--resume'));
  await output(...parametersFor('uninterrupted', steps));
  const [expected, found] = await Promise.all([readModel(at('uninterrupted')), readModel(at(model))]);
  expect(found.training.steps).toBe(steps);
  expect(found.weights).toEqual(expected.weights);
  expect(found.optimizer).toEqual(expected.optimizer);
  expect(found.state).toEqual(expected.state);
  expect(found.training.resume).toEqual(expected.training.resume);
}

describe('an interrupted training', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`saves, gives status 130 on ${signal}, and goes on as if nothing had been`, async () => {
      const model = `by-${signal}`;
      const running = await trainingUnderWay(model);
      running.child.kill(signal);
      const { status, stdout, stderr } = await running.ended;
      expect(stderr).toBe('');
      expect(status).toBe(130);
      const done = jsonLines(stdout).at(-1);
      expect(done).toMatchObject({ event: 'done', ending: 'interrupted' });
      const { training } = await readModel(at(model));
      expect(training.steps).toBe(done?.['steps']);
      expect(training.steps).toBeGreaterThan(100);
      await expectToGoOnExactly(model);
    });
  }

  it('ends at once on the second Ctrl-C, with a model as it was saved last', async () => {
    const running = await trainingUnderWay('twice');
    running.child.kill('SIGINT');
    running.child.kill('SIGINT');
    expect((await running.ended).status).toBe(130);
    if (existsSync(at('twice'))) await readModel(at('twice'));
    await output(...parametersFor('twice', 1, '--resume'));
  });

  it('saves when whoever read its output goes away', async () => {
    const running = await trainingUnderWay('head');
    running.child.stdout.destroy();
    const [status] = (await once(running.child, 'exit')) as [number];
    expect(status).toBe(130);
    expect((await readModel(at('head'))).training.steps).toBeGreaterThan(100);
  });

  it('refuses a second training on the same model meanwhile', async () => {
    const running = await trainingUnderWay('locked');
    const { status, stderr } = await start(parametersFor('locked')).ended;
    expect(stderr).toMatch(/^Another training [^\n]*\.\n$/);
    expect(status).toBe(1);
    running.child.kill('SIGINT');
    expect((await running.ended).status).toBe(130);
  });
});

describe('a training killed at any moment', () => {
  it('leaves a model that opens, and goes on from it to the same end', async () => {
    const random = new RandomGenerator(1);
    const kills = 8;
    for (let round = 0; round <= kills; round++) {
      const running = start(parametersFor('killed', undefined, '--resume', '--json'));
      const { event } = JSON.parse(await running.line((line) => line.includes('"started"'))) as {
        event: string;
      };
      expect(event).toBe('started');
      await setTimeout(100 * random.nextUniform());
      // Saving begins now; the kill comes before it, in the midst of it, or after it.
      running.child.kill('SIGINT');
      await setTimeout(20 * random.nextUniform());
      if (round < kills) running.child.kill('SIGKILL');
      await running.ended;
      if (existsSync(at('killed'))) await readModel(at('killed'));
    }
    await expectToGoOnExactly('killed');
    expect(
      (await readdir(at('.'))).filter((name) => name.startsWith('killed') && name.includes('.lock')),
    ).toEqual([]);
  });
});
