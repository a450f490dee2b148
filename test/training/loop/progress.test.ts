import { describe, expect, it } from 'vitest';
import { TrainingProgress } from '../../../src/training/loop/progress.ts';

const endless = { stepsByEpochs: Infinity, steps: Infinity, seconds: Infinity };

function after(steps: number, limits: Partial<typeof endless>, seconds = 1): TrainingProgress {
  const progress = new TrainingProgress({ ...endless, ...limits });
  for (let i = 0; i < steps; i++) progress.add(100, seconds);
  return progress;
}

describe('TrainingProgress', () => {
  it.each([
    { name: 'steps', limits: { steps: 3, stepsByEpochs: 5 }, steps: 3, elapsed: 0, ending: 'steps' },
    { name: 'epochs', limits: { steps: 5, stepsByEpochs: 3 }, steps: 3, elapsed: 0, ending: 'epochs' },
    { name: 'minutes', limits: { steps: 5, seconds: 60 }, steps: 3, elapsed: 60, ending: 'minutes' },
    { name: 'nothing yet', limits: { steps: 4, seconds: 60 }, steps: 3, elapsed: 59, ending: undefined },
    { name: 'steps reached before', limits: { steps: -3 }, steps: 0, elapsed: 0, ending: 'steps' },
  ])('ends by $name', ({ limits, steps, elapsed, ending }) => {
    expect(after(steps, limits).ending(elapsed)).toBe(ending);
  });

  it('tells part and time by the nearest limit', () => {
    const progress = after(10, { steps: 40, stepsByEpochs: 100, seconds: 100 });
    expect(progress.fraction(10)).toBe(0.25);
    expect(progress.secondsLeft(10)).toBeCloseTo(30);
    expect(progress.fraction(60)).toBe(0.6);
    expect(progress.secondsLeft(90)).toBe(10);
  });

  it('never says more than all or less than none', () => {
    const progress = after(10, { steps: 5, seconds: 1 });
    expect(progress.fraction(2)).toBe(1);
    expect(progress.secondsLeft(2)).toBe(0);
    expect(new TrainingProgress({ ...endless, steps: 0 }).fraction(0)).toBe(1);
    expect(new TrainingProgress({ ...endless, steps: 0 }).secondsLeft(0)).toBe(0);
  });

  it('tells the speed of the last few seconds, and that of the whole run', () => {
    const progress = after(100, {}, 1);
    for (let i = 0; i < 100; i++) progress.add(100, 0.1);
    expect(progress.charactersPerSecond).toBeCloseTo(1_000);
    expect(progress.meanCharactersPerSecond).toBeCloseTo(20_000 / 110);
    expect(new TrainingProgress(endless).charactersPerSecond).toBe(0);
  });

  it('tells the speed of the last step even where one step takes longer than that', () => {
    expect(after(3, {}, 20).charactersPerSecond).toBeCloseTo(5);
  });
});
