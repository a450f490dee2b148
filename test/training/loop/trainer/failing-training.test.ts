import { existsSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../../../src/common/errors.ts';
import { readModel } from '../../../../src/model/index.ts';
import { requestFor, trainerFixture } from './trainer-fixture.ts';

const { given, train, trained, services, newPath } = trainerFixture();

describe('a training that diverges', () => {
  it.each([
    { name: 'loss', result: { loss: NaN, gradientNorm: 1 } },
    { name: 'gradient', result: { loss: 1, gradientNorm: Infinity } },
  ])('ends when the $name is not finite, and keeps the last checkpoint', async ({ result }) => {
    const model = newPath();
    given.script.result = (step) => (step === 4 ? result : undefined);
    const training = train(requestFor(model, { steps: 9 }));
    await expect(training).rejects.toThrow(UserFacingError);
    await expect(training).rejects.toThrow(
      'The training loss is not a number any more at step 4, so training ended; lower the learning rate; the last checkpoint, of step 0, is intact.',
    );
    expect((await readModel(model)).training.steps).toBe(0);
    expect(given.script.alive).toBe(0);
  });
});

describe('a training that cannot save', () => {
  const full = new UserFacingError(
    'The model cannot be saved, because the disk is full; free some space and try again.',
  );

  it('says so, and that the last checkpoint is intact', async () => {
    const model = newPath();
    const training = train(requestFor(model, { steps: 5 }), {
      onEvent: (event) => {
        if (event.event === 'checkpoint') services.writeModel.mockRejectedValueOnce(full);
      },
    });
    await expect(training).rejects.toThrow(UserFacingError);
    await expect(training).rejects.toThrow(
      `The checkpoint of step 5 could not be saved, the one of step 0 is intact: ${full.message}`,
    );
    expect((await readModel(model)).training.steps).toBe(0);
    expect(existsSync(`${model}.lock`)).toBe(false);
  });

  it('leaves the model of an earlier training where it was', async () => {
    const model = newPath();
    await trained(requestFor(model, { steps: 3 }));
    services.writeModel.mockRejectedValueOnce(full);
    await expect(train(requestFor(model, { steps: 5 }))).rejects.toThrow(full.message);
    expect((await readModel(model)).training.steps).toBe(3);
  });

  it('ends without touching a file that became the work of another', async () => {
    const model = newPath();
    const training = train(requestFor(model, { steps: 5 }), {
      onEvent: (event) => {
        if (event.event === 'step') writeFileSync(`${model}.lock`, '{}');
      },
    });
    await expect(training).rejects.toThrow(/^Another training took over/);
    expect((await readModel(model)).training.steps).toBe(0);
  });
});
