import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../../../src/common/errors.ts';
import { englishText } from '../../../../src/common/localization/message.ts';
import { readModel } from '../../../../src/model/index.ts';
import { sourceFile } from '../../files.ts';
import { manyFiles, requestFor, TEXT, trainerFixture } from './trainer-fixture.ts';

const { given, train, trained, interrupted, newPath } = trainerFixture();

describe('a resumed training', () => {
  it.each([1, 12, 19, 20, 21, 33])(
    'that was interrupted after step %i ends with the same bits',
    async (step) => {
      const whole = newPath();
      const inParts = newPath();
      await trained(requestFor(whole, { steps: 45 }));
      await interrupted(requestFor(inParts, { steps: 45 }), step);
      const { of, done } = await trained(requestFor(inParts, { steps: 45 }, { resume: true }));
      expect(of('started')[0]).toMatchObject({ resumedFromStep: step + 1 });
      expect(of('started')[0].note).toBeUndefined();
      expect(of('step')[0].step).toBe(step + 1);
      const [expected, actual] = await Promise.all([readModel(whole), readModel(inParts)]);
      expect(actual.weights).toEqual(expected.weights);
      expect(actual.optimizer).toEqual(expected.optimizer);
      expect(actual.state).toEqual(expected.state);
      expect(actual.training.resume).toEqual(expected.training.resume);
      expect(actual.training.losses).toEqual(expected.training.losses);
      expect(actual.training.characters).toBe(expected.training.characters);
      expect(done.bitsPerCharacter).toBe(expected.training.validations.at(-1)!.bitsPerCharacter);
    },
  );

  it('that had ended goes on to a further limit with the same bits', async () => {
    const whole = newPath();
    const inParts = newPath();
    await trained(requestFor(whole, { steps: 27 }));
    await trained(requestFor(inParts, { steps: 9 }));
    await trained(requestFor(inParts, { steps: 27 }, { resume: true }));
    const [expected, actual] = await Promise.all([readModel(whole), readModel(inParts)]);
    expect(actual.weights).toEqual(expected.weights);
    expect(actual.training.losses).toEqual(expected.training.losses);
  });

  it('starts anew where there is no file', async () => {
    const { of } = await trained(requestFor(newPath(), { steps: 1 }, { resume: true }));
    expect(of('started')[0].resumedFromStep).toBe(0);
  });

  it('whose limits are reached already measures and ends, and leaves the file as it is', async () => {
    const model = newPath();
    const first = await trained(requestFor(model, { steps: 6 }));
    const before = readFileSync(model);
    const { done, of } = await trained(requestFor(model, { steps: 6 }, { resume: true }));
    expect(done).toMatchObject({
      steps: 6,
      ending: 'steps',
      loss: first.done.loss,
      bitsPerCharacter: first.done.bitsPerCharacter,
    });
    expect(of('validation').length).toBe(1);
    expect(readFileSync(model)).toEqual(before);
  });

  it('counts steps and epochs from this start where further ones are asked for', async () => {
    const model = newPath();
    await trained(requestFor(model, { steps: 6 }));
    const bySteps = await trained(requestFor(model, { steps: 4 }, { resume: true, limits: 'further' }));
    expect(bySteps.done.steps).toBe(10);
    const byEpochs = await trained(requestFor(model, { epochs: 2 }, { resume: true, limits: 'further' }));
    expect(byEpochs.done.steps).toBe(10 + 2 * byEpochs.of('started')[0].stepsPerEpoch);
    expect(byEpochs.done.ending).toBe('epochs');
  });

  it('begins a new epoch with the vocabulary it has when the text changed, and says so', async () => {
    const model = newPath();
    await interrupted(requestFor(model, { steps: 100 }), 7);
    const before = await readModel(model);
    given.script.trained.length = 0;
    given.files = [...manyFiles.slice(0, 19), sourceFile('new', `${TEXT} Öl`)];
    const { of } = await trained(requestFor(model, { steps: 9 }, { resume: true }));
    expect(englishText(of('started')[0].note ?? '')).toMatch(
      /^The files or the batches changed .* a new epoch begins/,
    );
    const after = await readModel(model);
    expect(after.vocabulary).toEqual(before.vocabulary);
    expect(after.training).toMatchObject({ steps: 9, epochs: 0, resume: { windowsDone: 1 } });
    const firstBatch = given.script.trained[0].batch;
    given.script.trained.length = 0;
    await trained(requestFor(newPath(), { steps: 1 }));
    expect(firstBatch.sequenceLength).toBe(given.script.trained[0].batch.sequenceLength);
  });

  it('keeps the network and the seed of the file, and says so', async () => {
    const model = newPath();
    await trained(requestFor(model, { steps: 2 }));
    const asked = { steps: 4, layers: 1, units: 9, embedding: 0, seed: 5 };
    const { of } = await trained(requestFor(model, asked, { resume: true }));
    expect(englishText(of('started')[0].note ?? '')).toMatch(
      /keeps the network it has \(layers 2, units 4, embedding 3\)/,
    );
    expect(englishText(of('started')[0].note ?? '')).toMatch(/keeps its seed, 0/);
    // Another seed would hold other files out.
    expect(englishText(of('started')[0].note ?? '')).not.toMatch(/new epoch/);
    const { specification, training } = await readModel(model);
    expect(specification).toMatchObject({ layers: 2, units: 4, embedding: 3 });
    expect(training).toMatchObject({ steps: 4, seed: 0 });
  });

  it('refuses a file it cannot read, and leaves it as it is', async () => {
    const model = newPath();
    writeFileSync(model, 'something else');
    await expect(train(requestFor(model, {}, { resume: true }))).rejects.toThrow(UserFacingError);
    expect(readFileSync(model, 'utf8')).toBe('something else');
  });
});
