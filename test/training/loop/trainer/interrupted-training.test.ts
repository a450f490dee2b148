import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../../../src/model/index.ts';
import { sourceFile } from '../../files.ts';
import { requestFor, TEXT, trainerFixture } from './trainer-fixture.ts';

const { given, train, trained, interrupted, services, newPath } = trainerFixture();

describe('an interrupted training', () => {
  it('saves and ends with what it has', async () => {
    const model = newPath();
    const done = await interrupted(requestFor(model, { steps: 100 }), 7);
    expect(done).toMatchObject({ event: 'done', steps: 8, ending: 'interrupted' });
    expect((await readModel(model)).training.steps).toBe(8);
  });

  it('ends while the corpus is read, without touching the file', async () => {
    const model = newPath();
    await trained(requestFor(model, { steps: 2 }));
    const before = readFileSync(model);
    const abort = new AbortController();
    services.readCorpus.mockImplementation((_options, { signal } = {}) => {
      abort.abort();
      return Promise.reject(signal!.reason as Error);
    });
    const { done, events } = await trained(requestFor(model, { steps: 9 }), abort.signal);
    expect(done).toMatchObject({ steps: 0, ending: 'interrupted', loss: NaN });
    expect(events.map(({ event }) => event)).toEqual(['done']);
    expect(readFileSync(model)).toEqual(before);
    expect(existsSync(`${model}.previous`)).toBe(false);
  });

  it('ends before the first step without leaving a file that has learnt nothing', async () => {
    const model = newPath();
    const abort = new AbortController();
    const done = await train(requestFor(model, { steps: 9 }), {
      signal: abort.signal,
      onEvent: (event) => {
        if (event.event === 'corpus') abort.abort();
      },
    });
    expect(done).toMatchObject({ steps: 0, ending: 'interrupted', loss: NaN });
    expect(existsSync(model)).toBe(false);
    expect(given.script.alive).toBe(0);
  });

  it('ends while it validates, and saves', async () => {
    const model = newPath();
    const abort = new AbortController();
    let evaluations = 0;
    // The first evaluation is that of the loss at the end, the next one the first window of the held-out files.
    given.script.onEvaluate = () => ++evaluations === 2 && abort.abort();
    given.files = [sourceFile('long', TEXT.repeat(500))];
    const { done, of } = await trained(
      requestFor(model, { steps: 2, validationFraction: 0.5 }),
      abort.signal,
    );
    expect(done).toMatchObject({ steps: 2, ending: 'interrupted' });
    expect(of('validation')).toEqual([]);
    expect((await readModel(model)).training.steps).toBe(2);
  });
});
