import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../src/model/index.ts';
import { defaultTrainingOptions, train } from '../../src/training/index.ts';
import type { TrainingOptions, TrainingRequest } from '../../src/training/index.ts';
import { temporaryFolders } from './files.ts';

// Files from a folder, through the WASM engine, to a model file: nothing here stands in for anything.
const temporaryFolder = temporaryFolders();

const verse =
  'Twinkle, twinkle, little star,\nHow I wonder what you are!\nUp above the world so high,\nLike a diamond in the sky.\n';

function requestFor(
  options: Partial<TrainingOptions>,
  files: Readonly<Record<string, string>>,
): TrainingRequest {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return {
    modelPath: path.join(temporaryFolder(), 'model.safetensors'),
    corpus: { roots: [folder], include: [], exclude: [], maxCharacters: 1e6 },
    options: { ...defaultTrainingOptions, ...options },
    limits: 'total',
    engine: 'wasm',
    threads: 0,
    resume: false,
  };
}

describe('train', () => {
  it('makes a small network memorise a verse', async () => {
    const request = requestFor(
      {
        layers: 1,
        units: 48,
        embedding: 16,
        batchSize: 4,
        sequenceLength: 25,
        learningRate: 0.01,
        learningRateDecay: 1,
        validationFraction: 0,
        epochs: 10_000,
        steps: 500,
      },
      { 'verse.txt': verse.repeat(8) },
    );
    const losses: number[] = [];
    const done = await train(request, {
      onEvent: (event) => {
        if (event.event === 'step') losses[event.step] = event.loss;
      },
    });
    expect(losses[0]).toBeGreaterThan(2.5);
    expect(done.loss).toBeLessThan(0.2);
    expect(losses[500]).toBe(done.loss);
    expect((await readModel(request.modelPath)).training).toMatchObject({ steps: 500, engine: 'wasm' });
  });

  it.each([
    [false, 'lstm', 'adam'],
    [true, 'lstm', 'adam'],
    [true, 'gru', 'rmsprop'],
    [false, 'rnn', 'adagrad'],
    [false, 'gru', 'sgd'],
  ] as const)(
    'interrupted and resumed gives the same bits as in one go, memory %s, %s, %s',
    async (memory, cell, optimizer) => {
      const options = {
        memory,
        cell,
        optimizer,
        units: 12,
        embedding: 7,
        layers: 2,
        dropout: 0.3,
        batchSize: 3,
        sequenceLength: 20,
        steps: 55,
        seed: 11,
      };
      const files = { 'a.txt': verse.repeat(6), 'b.txt': verse.repeat(5).toUpperCase(), 'c.txt': verse };
      const whole = requestFor(options, files);
      await train(whole);

      const parts = { ...whole, modelPath: path.join(temporaryFolder(), 'model.safetensors') };
      for (const stopAt of [13, 41]) {
        const abort = new AbortController();
        const done = await train(
          { ...parts, resume: true },
          {
            signal: abort.signal,
            onEvent: (event) => {
              if (event.event === 'step' && event.step === stopAt) abort.abort();
            },
          },
        );
        expect(done).toMatchObject({ ending: 'interrupted', steps: stopAt + 1 });
      }
      await train({ ...parts, resume: true });

      const [expected, actual] = await Promise.all([readModel(whole.modelPath), readModel(parts.modelPath)]);
      expect(actual.weights).toEqual(expected.weights);
      expect(actual.optimizer).toEqual(expected.optimizer);
      expect(actual.state).toEqual(expected.state);
      expect(actual.training.losses).toEqual(expected.training.losses);
      expect(expected.weights.has('prior.gate')).toBe(memory);
    },
  );

  it('goes on with another optimizer from the weights alone, and says so', async () => {
    const request = requestFor({ layers: 1, units: 8, steps: 5, optimizer: 'adam' }, { 'a.txt': verse });
    await train(request);
    const notes: (string | undefined)[] = [];
    const options = { ...request.options, steps: 8, optimizer: 'sgd' as const };
    await train(
      { ...request, options, resume: true },
      { onEvent: (event) => void (event.event === 'started' && notes.push(event.note)) },
    );
    expect(notes).toEqual([expect.stringMatching(/trained with adam so far, so sgd begins without moments/)]);
    const { optimizer, training } = await readModel(request.modelPath);
    expect(training).toMatchObject({ steps: 8, optimizer: 'sgd' });
    expect(optimizer).toEqual({ steps: 3, moments: new Map() });
  });
});
