import { readFileSync } from 'node:fs';
import { englishText } from '../../src/common/localization/message.ts';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../src/model/index.ts';
import { train } from '../../src/training/index.ts';
import type { TrainingRequest } from '../../src/training/index.ts';
import { temporaryFolders } from './files.ts';
import { requestFor, rhyme, verse } from './real-request.ts';

// Files from a folder, through the WASM engine, to a model file: nothing here stands in for anything.
const temporaryFolder = temporaryFolders();

describe('train', () => {
  it('makes a small network memorise a verse', async () => {
    const request = requestFor(
      temporaryFolder,
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
        learningRate: 0.0005,
        // Where files are held out, what is saved is not the last step but the best one.
        validationFraction: 0,
        batchSize: 3,
        sequenceLength: 20,
        steps: 55,
        seed: 11,
      };
      const files = { 'a.txt': verse.repeat(6), 'b.txt': verse.repeat(5).toUpperCase(), 'c.txt': rhyme };
      const whole = requestFor(temporaryFolder, options, files);
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
    const request = requestFor(
      temporaryFolder,
      { layers: 1, units: 8, steps: 5, optimizer: 'adam' },
      { 'a.txt': verse },
    );
    await train(request);
    const notes: (string | undefined)[] = [];
    const options = { ...request.options, steps: 8, optimizer: 'sgd' as const };
    await train(
      { ...request, options, resume: true },
      {
        onEvent: (event) =>
          void (event.event === 'started' && notes.push(event.note && englishText(event.note))),
      },
    );
    expect(notes).toEqual([expect.stringMatching(/trained with adam so far, so sgd begins without moments/)]);
    const { optimizer, training } = await readModel(request.modelPath);
    expect(training).toMatchObject({ steps: 8, optimizer: 'sgd' });
    expect(optimizer).toEqual({ steps: 3, moments: new Map() });
  });

  describe.each([{ memory: false }, { memory: true }])('resumed again and again, %o', ({ memory }) => {
    const options = {
      memory,
      layers: 1,
      units: 16,
      embedding: 8,
      batchSize: 4,
      sequenceLength: 10,
      learningRate: 0.02,
      validationFraction: 0.2,
      steps: 120,
      checkpointEvery: 40,
    };
    const files = Object.fromEntries(
      [verse, rhyme, verse.toUpperCase(), rhyme.toUpperCase(), `${verse}${rhyme}`].map((text, i) => [
        `${i}.txt`,
        text.repeat(2),
      ]),
    );

    it('never predicts the held-out files worse than before', async () => {
      const request: TrainingRequest = {
        ...requestFor(temporaryFolder, options, files),
        limits: 'further',
        resume: true,
      };
      const saved: number[] = [];
      const ends: number[] = [];
      for (let run = 0; run < 6; run++) {
        const measured: number[] = [];
        const done = await train(request, {
          onEvent: (event) => {
            if (event.event === 'validation') measured.push(event.bitsPerCharacter);
          },
        });
        // What the file holds costs what it was said to cost.
        if (run > 0) expect(measured[0]).toBe(saved.at(-1));
        // A joint training may give a little of both together for a better network alone.
        expect(measured).toContain(done.bitsPerCharacter);
        expect(done.bitsPerCharacter! / Math.min(...measured)).toBeLessThanOrEqual(options.memory ? 1.08 : 1);
        expect((await readModel(request.modelPath)).training.steps).toBe(done.savedStep);
        saved.push(done.bitsPerCharacter!);
        ends.push(measured.at(-1)!);
      }
      expect(saved).toEqual(saved.toSorted((a, b) => b - a));
      // It would have become worse: these trainings do learn the files by heart.
      expect(Math.max(...ends.map((bits, run) => bits / saved[run]))).toBeGreaterThan(1.005);
    });

    it('stops with an absurd learning rate, and keeps the good model', async () => {
      const request: TrainingRequest = {
        ...requestFor(temporaryFolder, options, files),
        limits: 'further',
        resume: true,
      };
      await train(request);
      const before = readFileSync(request.modelPath);
      const absurd = { ...options, learningRate: 3, clipNorm: 1000, steps: 10_000 };
      await expect(train({ ...request, options: { ...request.options, ...absurd } })).rejects.toThrow(
        /^The held-out files cost .* bits per character at step \d+, .*; lower the learning rate; .* of step \d+, is intact\.$/,
      );
      expect(readFileSync(request.modelPath)).toEqual(before);
    });
  });
});
