import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readModel } from '../../src/model/index.ts';
import { train } from '../../src/training/index.ts';
import { temporaryFolders } from './files.ts';
import { requestFor, rhyme, verse } from './real-request.ts';

const FIRST_JOINT_STEP = 8;

// As of a code base that is large enough: one file has no priors, and the others only later.
vi.mock('../../src/training/data/priors/plan.ts', () => ({
  planPriors: () => [
    { file: 1, askedAt: 2, usedFrom: FIRST_JOINT_STEP },
    { file: 0, askedAt: 3, usedFrom: FIRST_JOINT_STEP },
  ],
}));
vi.mock('../../src/training/data/priors/periods.ts', () => ({ PERIOD_STEPS: 8, BLOCK_STEPS: 2 }));

const temporaryFolder = temporaryFolders();

describe('a training of which not all files have priors', () => {
  it('learns some windows jointly and the others alone, the same ones after every interruption', async () => {
    const files = { 'a.txt': verse.repeat(15), 'b.txt': rhyme.repeat(15), 'c.txt': verse.repeat(4) };
    const whole = requestFor(
      temporaryFolder,
      {
        memory: true,
        units: 8,
        embedding: 5,
        layers: 1,
        validationFraction: 0,
        batchSize: 3,
        sequenceLength: 20,
        steps: 32,
        checkpointEvery: 5,
      },
      files,
    );
    const joint = new Map<number, number>();
    await train(whole, {
      onEvent: (event) =>
        void (event.event === 'step' && !event.isAlone && joint.set(event.step, event.loss)),
    });
    expect([...joint.keys()]).toEqual([8, 9, 16, 17, 24, 25, 32]);

    const parts = { ...whole, modelPath: path.join(temporaryFolder(), 'model.safetensors'), resume: true };
    for (const stopAt of [4, 8, 19, Infinity]) {
      const abort = new AbortController();
      await train(parts, {
        signal: abort.signal,
        onEvent: (event) => void (event.event === 'step' && event.step === stopAt && abort.abort()),
      });
    }
    const [expected, actual] = await Promise.all([readModel(whole.modelPath), readModel(parts.modelPath)]);
    expect(expected.training.losses[0].step).toBe(FIRST_JOINT_STEP);
    expect(actual.weights).toEqual(expected.weights);
  });

  it('reports samples, and its end, with the loss of the last joint step where the last one was taken alone', async () => {
    const files = { 'a.txt': verse.repeat(15), 'b.txt': rhyme.repeat(15), 'c.txt': verse.repeat(4) };
    const options = { memory: true, units: 8, embedding: 5, layers: 1, validationFraction: 0, steps: 20 };
    const request = requestFor(
      temporaryFolder,
      { ...options, batchSize: 3, sequenceLength: 20, sampleEvery: 5 },
      files,
    );
    const losses = new Map<number, { readonly loss: number; readonly isAlone: boolean }>();
    const samples = new Map<number, number>();
    const done = await train(request, {
      onEvent: (event) => {
        if (event.event === 'step')
          losses.set(event.step, { loss: event.loss, isAlone: event.isAlone === true });
        if (event.event === 'sample') samples.set(event.step, event.loss);
      },
    });
    expect(losses.get(14)!.isAlone && losses.get(20)!.isAlone).toBe(true);
    expect(samples.get(5)).toBe(losses.get(4)!.loss);
    expect(samples.get(15)).toBe(losses.get(9)!.loss);
    expect(done.loss).toBe(losses.get(17)!.loss);
  });
});
