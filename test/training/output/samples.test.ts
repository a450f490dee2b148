import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../../src/model/index.ts';
import { defaultTrainingOptions, train } from '../../../src/training/index.ts';
import type { TrainingEvent, TrainingOptions } from '../../../src/training/index.ts';
import { temporaryFolders } from '../files.ts';

const temporaryFolder = temporaryFolders();

/** Trains a small network of the wasm engine on a text with one line again and again. */
async function trained(options: Partial<TrainingOptions>, folder = temporaryFolder(), resume = false) {
  const corpus = path.join(folder, 'text');
  const modelPath = path.join(folder, 'model');
  writeFileSync(corpus, 'one two three four\n'.repeat(300));
  const events: TrainingEvent[] = [];
  const small = { layers: 1, units: 16, batchSize: 4, sequenceLength: 10, learningRate: 0.02 };
  await train(
    {
      modelPath,
      corpus: { roots: [corpus], include: [], exclude: [], maxCharacters: 1e6 },
      options: { ...defaultTrainingOptions, ...small, ...options },
      limits: 'total',
      engine: 'wasm',
      threads: 1,
      resume,
    },
    { onEvent: (event) => events.push(event) },
  );
  const samples = events.filter((event) => event.event === 'sample');
  return { folder, events, samples, stored: (await readModel(modelPath)).training.samples };
}

describe('samples while training', () => {
  it('are told and kept every so many steps, and become better', async () => {
    const { samples, stored } = await trained({ steps: 90, sampleEvery: 30, sampleTemperature: 0 });
    expect(stored.map(({ step }) => step)).toEqual([0, 30, 60, 90]);
    expect(samples).toEqual(stored.map((sample) => ({ event: 'sample', ...sample })));
    expect(stored[0].text).not.toContain('three');
    expect(stored.at(-1)!.text).toContain('two three four\n');
    expect(stored.at(-1)!.loss).toBeLessThan(stored[0].loss / 2);
    for (const { text } of stored) expect([...text]).toHaveLength(300);
  });

  it('go on from the text they are primed with', async () => {
    const options = { steps: 90, sampleEvery: 90, sampleTemperature: 0 };
    const { stored } = await trained({ ...options, samplePrime: 'one two th' });
    expect(stored.at(-1)!.text.slice(0, 9)).toBe('ree four\n');
  });

  it('leave the training as it is', async () => {
    const losses = ({ events }: { events: readonly TrainingEvent[] }) =>
      events.flatMap((event) => (event.event === 'step' ? [event.loss] : []));
    const with_ = await trained({ steps: 20, sampleEvery: 1 });
    expect(losses(with_)).toEqual(losses(await trained({ steps: 20 })));
  });

  it('go on in the same timeline when the training does', async () => {
    const { folder } = await trained({ steps: 20, sampleEvery: 10 });
    const { stored, samples } = await trained({ steps: 40, sampleEvery: 10 }, folder, true);
    expect(samples.map(({ step }) => step)).toEqual([30, 40]);
    expect(stored.map(({ step }) => step)).toEqual([0, 10, 20, 30, 40]);
  });

  it('are written at milestones, with a measurement each', async () => {
    const { events, stored } = await trained({ epochs: 2, milestones: [0, 0.1, 1, 2] });
    const [{ stepsPerEpoch }] = events.filter((event) => event.event === 'started');
    const expected = [0, Math.ceil(0.1 * stepsPerEpoch), stepsPerEpoch, 2 * stepsPerEpoch];
    expect(stored.map(({ step }) => step)).toEqual(expected);
    expect(stored[1].epoch).toBeCloseTo(expected[1] / stepsPerEpoch, 9);
    const measured = events.filter((event) => event.event === 'validation').map(({ step }) => step);
    expect(measured).toEqual(expected);
  });

  it('come with checkpoints every so many steps where these are asked for', async () => {
    const { events } = await trained({ steps: 25, checkpointEvery: 10 });
    const saved = events.filter((event) => event.event === 'checkpoint').map(({ step }) => step);
    expect(saved).toEqual([0, 10, 20, 25]);
  });

  it.each([
    { sampleEvery: 0 },
    { checkpointEvery: 1.5 },
    { milestones: [0, -1] },
    { milestones: [NaN] },
    { sampleTemperature: 3 },
  ])('are refused in a sentence with %o', async (options) => {
    await expect(trained(options)).rejects.toThrow(/^Training cannot start with these options: .*\.$/);
  });
});
