import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCorpus, Vocabulary } from '../../../src/corpus/index.ts';
import type { Engine } from '../../../src/engine/index.ts';
import { createTensorFlowEngine } from '../../../src/engine/tensorflow/index.ts';
import { createWasmEngine } from '../../../src/engine/wasm/index.ts';
import { readModel } from '../../../src/model/index.ts';
import { defaultTrainingOptions, evaluateFiles, train } from '../../../src/training/index.ts';
import { expectClose, expectTensorsClose } from '../closeness.ts';
import { describeWithTensorFlow } from './available.ts';

describeWithTensorFlow('a model file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'char-rnn-exchange-'));
    for (let i = 0; i < 6; i++) {
      writeFileSync(path.join(folder, `${i}.txt`), `Line ${i} of a text that is easy to learn.\n`.repeat(40));
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const trainTo = (name: string, engine: 'wasm' | 'tensorflow', steps: number, resume = false) =>
    train({
      modelPath: path.join(folder, name),
      corpus: { roots: [folder], include: ['*.txt'], exclude: [], maxCharacters: 1e6 },
      options: {
        ...defaultTrainingOptions,
        layers: 2,
        units: 16,
        dropout: 0.2,
        sequenceLength: 20,
        steps,
      },
      limits: 'total',
      engine,
      threads: 0,
      resume,
    });
  const model = (name: string) => readModel(path.join(folder, name));
  const engines = (): Promise<Engine[]> => Promise.all([createWasmEngine(), createTensorFlowEngine()]);

  for (const [first, second] of [
    ['wasm', 'tensorflow'],
    ['tensorflow', 'wasm'],
  ] as const) {
    it(`begun by ${first} is trained on by ${second} as if by ${first} alone`, async () => {
      await trainTo(`${first}.model`, first, 20);
      expect((await model(`${first}.model`)).training).toMatchObject({ engine: first, steps: 20 });
      const done = await trainTo(`${first}.model`, second, 40, true);
      expect(done).toMatchObject({
        engine: second,
        engineReason: expect.stringMatching(/^asked for/) as unknown,
        steps: 40,
      });
      await trainTo('alone.model', first, 40);
      const [both, alone] = [await model(`${first}.model`), await model('alone.model')];
      expectTensorsClose(both.weights, alone.weights, 1e-3);
      expect(both.training.resume).toEqual(alone.training.resume);
    });
  }

  it('is evaluated and sampled alike by both', async () => {
    await trainTo('evaluated.model', 'tensorflow', 30);
    const { specification, weights, vocabulary } = await model('evaluated.model');
    const { files } = await readCorpus(
      { roots: [folder], include: ['*.txt'], exclude: [], maxCharacters: 1e6 },
      {},
    );
    const symbols = Vocabulary.fromSymbols(vocabulary);
    const [wasm, tensorflow] = await Promise.all(
      (await engines()).map(async (engine) => {
        const result = await evaluateFiles(engine, specification, weights, symbols, files);
        const stepper = await engine.createStepper(specification, weights);
        const logits = new Float32Array(specification.vocabularySize);
        stepper.feed(symbols.encode('Line 1 of a te'), new Float32Array(stepper.stateSize), logits);
        return { result, logits };
      }),
    );
    expectClose([tensorflow.result.bitsPerCharacter], [wasm.result.bitsPerCharacter], 1e-5, 'bits');
    expect(tensorflow.result.characters).toBe(wasm.result.characters);
    expect(tensorflow.result.accuracy).toBeCloseTo(wasm.result.accuracy, 3);
    expectClose(tensorflow.logits, wasm.logits, 1e-4, 'logits');
  });
});
