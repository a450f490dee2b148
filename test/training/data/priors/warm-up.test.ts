import { describe, expect, it } from 'vitest';
import { stepsWithoutPriors, type WarmUpPlan } from '../../../../src/training/data/priors/warm-up.ts';

/** 2 million characters in steps of 32 x 32. */
const plan: WarmUpPlan = {
  learnt: 2_000_000,
  predicted: 500_000,
  stepCharacters: 1024,
  epochSteps: 1953,
  runSteps: Infinity,
};

describe('stepsWithoutPriors', () => {
  it('are as many as take the time of building the context model', () => {
    expect(stepsWithoutPriors(plan)).toBe(390);
    expect(stepsWithoutPriors({ ...plan, predicted: 1_000_000 })).toBe(683);
    expect(stepsWithoutPriors({ ...plan, stepCharacters: 10_000, epochSteps: 200 })).toBe(40);
  });

  it('are none where that takes no time to speak of', () => {
    expect(stepsWithoutPriors({ ...plan, learnt: 200_000, predicted: 149_000 })).toBe(0);
    expect(stepsWithoutPriors({ ...plan, learnt: 200_000, predicted: 151_000 })).toBeGreaterThan(0);
  });

  it('are half of an epoch and a quarter of the run at most', () => {
    expect(stepsWithoutPriors({ ...plan, predicted: 2_000_000 })).toBe(976);
    expect(stepsWithoutPriors({ ...plan, runSteps: 100 })).toBe(25);
    expect(stepsWithoutPriors({ ...plan, runSteps: 3 })).toBe(0);
  });
});
