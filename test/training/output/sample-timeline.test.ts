import fc from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { SampleTimeline } from '../../../src/training/output/sample-timeline.ts';

const at = (step: number) => ({ step, epoch: step / 10, loss: 1, text: `at ${step}` });

describe('a timeline', () => {
  it('keeps the first and the last of any number of samples, at most 64, spread over all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (count) => {
        const timeline = new SampleTimeline();
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
    const timeline = new SampleTimeline([at(0), at(10), at(20)]);
    timeline.add({ ...at(10), text: 'again' });
    expect(timeline.toStored()).toEqual([at(0), { ...at(10), text: 'again' }]);
  });
});
