import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultTrainingOptions } from '../../../src/training/index.ts';
import { Timeline } from '../../../src/training/output/sample-timeline.ts';

const at = (step: number) => ({ step, epoch: step / 10, loss: 1, text: `at ${step}` });

describe('a timeline', () => {
  it('asks for a sample every so many steps, from the first on', () => {
    const timeline = new Timeline({ ...defaultTrainingOptions, sampleEvery: 3 });
    expect([0, 1, 2, 3, 4, 6].filter((step) => timeline.isDue(step))).toEqual([0, 3, 6]);
    expect(new Timeline(defaultTrainingOptions).isDue(0)).toBe(false);
  });

  it('tells each milestone once, also where several are passed at a time', () => {
    const timeline = new Timeline({ ...defaultTrainingOptions, milestones: [1, 0, 0.1, 0.11] });
    const reached = [0, 0.05, 0.12, 0.5, 0.99, 1, 2].filter((epoch) => timeline.reaches(epoch));
    expect(reached).toEqual([0, 0.12, 1]);
  });

  it('leaves out the milestones that the model has passed already', () => {
    const timeline = new Timeline({ ...defaultTrainingOptions, milestones: [0, 0.5, 1] }, [], 0.5);
    expect([0.6, 1].map((epoch) => timeline.reaches(epoch))).toEqual([false, true]);
  });

  it('keeps the first and the last of any number of samples, at most 64, spread over all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (count) => {
        const timeline = new Timeline(defaultTrainingOptions);
        for (let step = 0; step < count; step++) timeline.add(at(step));
        const kept = timeline.toStored();
        expect(kept[0]).toEqual(at(0));
        expect(kept.at(-1)).toEqual(at(count - 1));
        expect(kept.length).toBeLessThanOrEqual(64);
        const gaps = kept.slice(1).map(({ step }, i) => step - kept[i].step);
        expect(Math.max(1, ...gaps)).toBeLessThanOrEqual(Math.max(1, count / 16));
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('forgets what was written from a step on that is trained again', () => {
    const timeline = new Timeline(defaultTrainingOptions, [at(0), at(10), at(20)]);
    timeline.add({ ...at(10), text: 'again' });
    expect(timeline.toStored()).toEqual([at(0), { ...at(10), text: 'again' }]);
  });
});
