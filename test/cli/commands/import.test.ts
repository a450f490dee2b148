import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { parameterShapes, readModel } from '../../../src/model/index.ts';
import { safetensors } from '../../model/foreign-file.ts';
import type { Tensor } from '../../model/foreign-file.ts';
import { expectRefusal, output, run } from '../command.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { tinyNetwork, writeTinyCorpus } from '../tiny-corpus.ts';

const at = temporaryFolder();

/** Trains a model, and leaves its weights as PyTorch would with DistributedDataParallel. */
beforeAll(async () => {
  await writeTinyCorpus(at('text'));
  await output('train', at('text'), '--model', at('trained'), '--steps', '300', ...tinyNetwork);
  const { specification, weights, vocabulary } = await readModel(at('trained'));
  const tensors: Record<string, Tensor> = {};
  for (const [name, shape] of parameterShapes(specification)) {
    tensors[`module.${name}`] = { shape, values: Array.from(weights.get(name)!) };
  }
  await writeFile(at('foreign'), safetensors(tensors, { format: 'pt' }));
  await writeFile(at('vocabulary.json'), JSON.stringify(vocabulary));
});

const vocabulary = (): string[] => ['--vocabulary', at('vocabulary.json')];

describe('import', () => {
  it('makes a model that writes and measures as the network did, and can be trained on', async () => {
    expect(await output('import', at('foreign'), ...vocabulary(), '--model', at('model'))).toMatch(
      /^imported lstm, 1 x 16 units, \d+ symbols, as /,
    );
    for (const command of [
      (model: string) => ['sample', model, '--length', '60', '--temperature', '0'],
      (model: string) => ['evaluate', model, at('text'), '--json'],
    ]) {
      expect(await output(...command(at('model')))).toBe(await output(...command(at('trained'))));
    }
    expect(JSON.parse(await output('inspect', at('model'), '--json'))).toMatchObject({
      steps: 0,
      engine: 'another program',
      exactResume: false,
    });
    const text = await output(
      ...[
        'train',
        at('text'),
        '--model',
        at('model'),
        '--resume',
        '--steps',
        '20',
        ...tinyNetwork,
        '--validation-fraction',
        '0',
      ],
    );
    expect(text).toMatch(/no optimizer moments/);
    const { training } = await readModel(at('model'));
    expect(training.steps).toBe(20);
    expect(training.losses[0].loss).toBeLessThan(1.5);
  });

  it('replaces no model, and makes none of what is no network', async () => {
    const before = await readFile(at('trained'));
    const onto = await run('import', at('foreign'), ...vocabulary(), '--model', at('trained'));
    expectRefusal(onto, 1, /is a model .* already/);
    expect(await readFile(at('trained'))).toEqual(before);
    expectRefusal(await run('import', at('foreign'), '--model', at('new')), 1, /--vocabulary/);
    expectRefusal(await run('import', at('trained'), '--model', at('new')), 1, /a model of Char-RNN already/);
    expectRefusal(await run('import', at('text/file0.ts'), '--model', at('new')), 1, /cannot be imported/);
    expectRefusal(await run('import', at('missing'), '--model', at('new')), 1, /cannot be imported/);
    expectRefusal(await run('import', at('foreign')), 2, /--model <file>' not specified/);
  });
});
