import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../../../src/common/errors.ts';
import { readModel } from '../../../../src/model/index.ts';
import { requestFor, trainerFixture } from './trainer-fixture.ts';

const { given, train, trained, newPath } = trainerFixture();

describe('a new training over an old file', () => {
  it.each(['something else', undefined])('keeps it as FILE.previous', async (content) => {
    const model = newPath();
    if (content === undefined) await trained(requestFor(model, { steps: 3 }));
    else writeFileSync(model, content);
    writeFileSync(`${model}.previous`, 'older still');
    const before = readFileSync(model);
    await trained(requestFor(model, { steps: 1 }));
    expect(readFileSync(`${model}.previous`)).toEqual(before);
    expect((await readModel(model)).training.steps).toBe(1);
    expect(existsSync(`${model}.previous.tmp`)).toBe(false);
  });

  it('touches nothing when there is nothing to learn', async () => {
    const model = newPath();
    await trained(requestFor(model, { steps: 3 }));
    const before = readFileSync(model);
    given.files = [];
    await expect(train(requestFor(model))).rejects.toThrow(UserFacingError);
    expect(readFileSync(model)).toEqual(before);
    expect(existsSync(`${model}.previous`)).toBe(false);
  });

  it('says in a sentence that a folder is in the way', async () => {
    const model = newPath();
    mkdirSync(model);
    await expect(train(requestFor(model, { steps: 1 }))).rejects.toThrow(UserFacingError);
    await expect(train(requestFor(model, {}, { resume: true }))).rejects.toThrow(UserFacingError);
  });
});
