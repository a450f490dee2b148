import { readdir } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { readModel } from '../../../src/model/index.ts';
import { expectRefusal, jsonLines, output, run } from '../command.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { tinyNetwork, writeTinyCorpus } from '../tiny-corpus.ts';

const at = temporaryFolder();
const watched = ['--steps', '40', '--sample-every', '20', '--milestones', '0,0.5', ...tinyNetwork];

beforeAll(() => writeTinyCorpus(at('text')));

describe('timeline', () => {
  it('shows what the network wrote while it learnt, and train tells it too', async () => {
    const model = at('watched');
    const text = await output('train', at('text'), '--model', model, '--json', ...watched);
    const told = jsonLines(text).filter(({ event }) => event === 'sample');
    const { samples } = (await readModel(model)).training;
    expect(samples.length).toBeGreaterThanOrEqual(3);
    expect(told).toEqual(samples.map((sample) => ({ event: 'sample', ...sample })));
    expect(JSON.parse(await output('timeline', model, '--json'))).toEqual({ samples });
    const shown = await output('timeline', model);
    for (const { step, loss } of samples) {
      expect(shown).toMatch(new RegExp(`^step ${step}, epoch [\\d.]+, loss ${loss.toFixed(3)} nats:$`, 'm'));
    }
  });

  it('says what to do where there is none', async () => {
    await output('train', at('text'), '--model', at('unwatched'), '--steps', '1', ...tinyNetwork);
    expect(await output('timeline', at('unwatched'))).toMatch(/wrote nothing .* --sample-every/);
    expect(JSON.parse(await output('timeline', at('unwatched'), '--json'))).toEqual({ samples: [] });
    expectRefusal(await run('timeline', at('missing')), 1, /no model file/);
  });
});

describe('train --tensorboard', () => {
  it('leaves an event file in the folder', async () => {
    await output(
      ...['train', at('text'), '--model', at('logged'), '--tensorboard', at('runs/one'), '--steps', '2'],
      ...tinyNetwork,
    );
    expect(await readdir(at('runs/one'))).toEqual([expect.stringMatching(/tfevents/)]);
  });

  it('refuses a folder that cannot be before it trains', async () => {
    const ending = await run(
      ...['train', at('text'), '--model', at('unlogged'), '--tensorboard', at('text/file0.ts/runs')],
    );
    expectRefusal(ending, 1, /TensorBoard cannot be written/);
  });
});
