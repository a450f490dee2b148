import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../../../src/common/errors.ts';
import { readModel } from '../../../../src/model/index.ts';
import { sourceFile } from '../../files.ts';
import { corpusOf, requestFor, TEXT, trainerFixture } from './trainer-fixture.ts';

const { given, train, trained, newPath } = trainerFixture();

describe('train', () => {
  it('knows as many characters as the options allow, and says how much of the text it does not', async () => {
    const model = newPath();
    const { of } = await trained(requestFor(model, { steps: 1, maxVocabulary: 10 }));
    expect(of('corpus')[0].vocabularySize).toBe(10);
    expect(of('corpus')[0].leftOut).toEqual([
      { path: '/corpus', reason: expect.stringMatching(/^\d\d\.\d % of the text .* the 10 that/) as string },
    ]);
    expect((await readModel(model)).vocabulary).toHaveLength(10);
    for (const maxVocabulary of [2, 65_537, 2.5])
      await expect(trained(requestFor(model, { maxVocabulary }))).rejects.toThrow(/largest vocabulary/);
  });

  it('tells what happens, in order, and releases everything', async () => {
    const model = newPath();
    const { events, of, done } = await trained(requestFor(model, { steps: 3 }));
    expect(events.map(({ event }) => event)).toEqual([
      'corpus',
      'started',
      'checkpoint',
      'step',
      'step',
      'step',
      'step',
      'validation',
      'checkpoint',
      'done',
    ]);
    expect(of('corpus')[0]).toMatchObject({ files: 20, characters: corpusOf(given.files).characters });
    const { learnt, validationFiles } = of('corpus')[0];
    expect(learnt.map((file) => file.path)).toEqual(given.files.map((file) => file.path));
    expect(learnt.filter(({ isHeldOut }) => isHeldOut).length).toBe(validationFiles);
    expect(of('started')[0]).toMatchObject({ engineReason: 'a test', batchSize: 3, resumedFromStep: 0 });
    expect(of('started')[0].note).toBeUndefined();
    expect(events.at(-1)).toBe(done);
    expect(given.script.alive).toBe(0);
    expect(existsSync(`${model}.lock`)).toBe(false);
  });

  it('reports the loss before each update, and at the end that after the last one, without an update', async () => {
    const { of, done } = await trained(requestFor(newPath(), { steps: 5, dropout: 0 }));
    const longer = await trained(requestFor(newPath(), { steps: 8, dropout: 0 }));
    expect(given.script.trained.length).toBe(5 + 8);
    expect(of('step').map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(longer.of('step')[5].loss).toBeCloseTo(of('step')[5].loss, 12);
    expect(done).toMatchObject({ steps: 5, ending: 'steps', loss: of('step')[5].loss });
  });

  it('ends after the epochs, decays the learning rate with each, and starts each with no state', async () => {
    const { of, done } = await trained(requestFor(newPath(), { epochs: 3, dropout: 0 }));
    const [{ stepsPerEpoch }] = of('started');
    expect(stepsPerEpoch).toBeGreaterThanOrEqual(20);
    expect(done).toMatchObject({ steps: 3 * stepsPerEpoch, ending: 'epochs' });
    const rates = [0, stepsPerEpoch - 1, stepsPerEpoch, 2 * stepsPerEpoch].map(
      (step) => given.script.trained[step].update.learningRate,
    );
    expect(rates).toEqual([0.002, 0.002, 0.002 * 0.97, 0.002 * 0.97 ** 2]);
    expect(of('step').map(({ epoch }) => epoch)).toEqual([
      ...Array.from({ length: 3 * stepsPerEpoch }, (_, step) => Math.floor(step / stepsPerEpoch)),
      3,
    ]);
    expect(given.script.trained[stepsPerEpoch].batch).toEqual(given.script.trained[0].batch);
  });

  it('passes the options on to the optimizer', async () => {
    await trained(requestFor(newPath(), { steps: 1, learningRate: 0.1, clipNorm: 2 }));
    expect(given.script.trained[0].update).toEqual({
      optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      learningRate: 0.1,
      clipNorm: 2,
    });
    expect(given.script.trained[0].batch.dropoutMasks?.length).toBe(1);
  });

  it('lets the rate fall at the end of a run that is limited by minutes, and reports it', async () => {
    const { of } = await trained(requestFor(newPath(), { minutes: 1e6, steps: 10, learningRate: 1 }));
    const rates = given.script.trained.map(({ update }) => update.learningRate);
    expect(rates.map((rate) => Number(rate.toFixed(3)))).toEqual([1, 1, 1, 1, 1, 1, 1, 0.75, 0.5, 0.25]);
    expect(of('step').map(({ learningRate }) => learningRate)).toEqual([...rates, 0.05]);
  });

  it('keeps the rate of a run that steps alone limit, so that it can be resumed exactly', async () => {
    await trained(requestFor(newPath(), { steps: 10, learningRate: 1 }));
    expect(new Set(given.script.trained.map(({ update }) => update.learningRate))).toEqual(new Set([1]));
  });

  it('ends after the minutes', async () => {
    const { done } = await trained(requestFor(newPath(), { minutes: 0.001, epochs: 1e6 }));
    expect(done.ending).toBe('minutes');
  });

  it('records in the file what was done', async () => {
    const model = newPath();
    const { of, done } = await trained(requestFor(model, { steps: 25, seed: 3 }));
    const { training, vocabulary, specification } = await readModel(model);
    expect(training).toMatchObject({ steps: 25, epochs: 1, batchSize: 3, sequenceLength: 10, seed: 3 });
    expect(training.losses.map(({ step }) => step)).toEqual(Array.from({ length: 26 }, (_, step) => step));
    expect(training.losses.at(-1)!.loss).toBe(done.loss);
    expect(training.validations).toEqual([{ step: 25, bitsPerCharacter: done.bitsPerCharacter }]);
    expect(training.characters).toBe(
      given.script.trained.reduce((sum, { batch }) => sum + batch.inputs.length, 0),
    );
    expect(vocabulary.length).toBe(of('corpus')[0].vocabularySize);
    expect(specification).toMatchObject({ cell: 'lstm', layers: 2, units: 4, embedding: 3, dropout: 0.5 });
  });

  it('takes no validation where nothing is held out', async () => {
    const { done, of } = await trained(requestFor(newPath(), { steps: 1, validationFraction: 0 }));
    expect(done.bitsPerCharacter).toBeNull();
    expect(of('validation')).toEqual([]);
  });

  it.each([2, 3, 10, 60])('learns a corpus of %i characters', async (characters) => {
    given.files = [sourceFile('tiny', TEXT.repeat(2).slice(0, characters))];
    const { done } = await trained(requestFor(newPath(), { epochs: 2, sequenceLength: 200 }));
    expect(done.ending).toBe('epochs');
    expect(done.loss).toBeGreaterThan(0);
  });

  it.each([
    { name: 'no files', of: [] },
    { name: 'an empty file', of: [sourceFile('empty', '')] },
    { name: 'one character', of: [sourceFile('one', 'x')] },
  ])('says that there is nothing to learn in $name, and what to do', async ({ of }) => {
    given.files = of;
    const model = newPath();
    const training = train(requestFor(model));
    await expect(training).rejects.toThrow(UserFacingError);
    await expect(training).rejects.toThrow(
      /There is nothing to learn in \/corpus; it holds no text, so name other/,
    );
    expect(existsSync(model)).toBe(false);
    expect(existsSync(`${model}.lock`)).toBe(false);
  });

  it.each([
    { batchSize: 0 },
    { sequenceLength: 1.5 },
    { epochs: -1 },
    { steps: NaN },
    { minutes: -1 },
    { learningRate: 0 },
    { learningRate: Infinity },
    { learningRateDecay: 1.1 },
    { clipNorm: 0 },
    { validationFraction: 1 },
    { seed: 0.5 },
    { layers: 0 },
    { units: 5000 },
    { dropout: 1 },
    { optimizer: 'lbfgs' as never },
  ])('refuses %o in a sentence', async (options) => {
    const training = train(requestFor(newPath(), options));
    await expect(training).rejects.toThrow(UserFacingError);
    await expect(training).rejects.toThrow(/^Training cannot start with these options: .*\.$/);
  });

  it('lets nobody else train the same file meanwhile', async () => {
    const model = newPath();
    await train(requestFor(model, { steps: 1 }), {
      onEvent: (event) => {
        if (event.event === 'step') expect(existsSync(`${model}.lock`)).toBe(true);
      },
    });
    const both = await Promise.allSettled([1, 2].map(() => train(requestFor(model, { steps: 1 }))));
    const refused = both.filter((result) => result.status === 'rejected');
    expect(refused.length).toBe(1);
    expect((refused[0].reason as Error).message).toMatch(/^Another training \(process \d+\)/);
  });
});
