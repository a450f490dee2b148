import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readModel } from '../../src/model/index.ts';
import { train } from '../../src/training/index.ts';
import { temporaryFolders } from './files.ts';
import { requestFor, rhyme, verse } from './real-request.ts';

// As of a code base that is large enough.
vi.mock('../../src/training/data/priors/warm-up.ts', async (original) => ({
  ...(await original<object>()),
  stepsWithoutPriors: () => 8,
}));

const temporaryFolder = temporaryFolders();

describe('a warm-up', () => {
  it('lets the network learn by itself while the context model is built, as long each time', async () => {
    const files = { 'a.txt': verse.repeat(15), 'b.txt': rhyme.repeat(15), 'c.txt': verse };
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
    const alone: number[] = [];
    await train(whole, {
      onEvent: (event) => void (event.event === 'step' && event.isAlone && alone.push(event.step)),
    });
    expect(alone).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);

    const parts = { ...whole, modelPath: path.join(temporaryFolder(), 'model.safetensors'), resume: true };
    for (const stopAt of [4, 19, Infinity]) {
      const abort = new AbortController();
      await train(parts, {
        signal: abort.signal,
        onEvent: (event) => void (event.event === 'step' && event.step === stopAt && abort.abort()),
      });
    }
    const [expected, actual] = await Promise.all([readModel(whole.modelPath), readModel(parts.modelPath)]);
    expect(expected.training.losses[0].step).toBe(8);
    expect(actual.weights).toEqual(expected.weights);
  });
});
