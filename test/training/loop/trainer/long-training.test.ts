import { describe, expect, it, vi } from 'vitest';
import type { TrainingOptions } from '../../../../src/training/index.ts';
import { requestFor, trainerFixture } from './trainer-fixture.ts';

const { given, trained, newPath } = trainerFixture();

describe('a long training', () => {
  /** Every step takes so many seconds; nothing else takes any time. */
  async function withSteps(seconds: number, options: Partial<TrainingOptions>) {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      given.script.result = () => void vi.advanceTimersByTime(seconds * 1000);
      const { of } = await trained(requestFor(newPath(), options));
      const [{ stepsPerEpoch }] = of('started');
      const steps = (kind: 'checkpoint' | 'validation'): number[] => of(kind).map(({ step }) => step);
      return { checkpoints: steps('checkpoint'), validations: steps('validation'), stepsPerEpoch, of };
    } finally {
      vi.useRealTimers();
    }
  }

  it('saves after 10 seconds and then every 30, and measures the held-out files after 20 and then every 30', async () => {
    const { checkpoints, validations } = await withSteps(11, { steps: 14, validationFraction: 0.02 });
    expect(checkpoints).toEqual([0, 1, 4, 7, 10, 13, 14]);
    expect(validations).toEqual([4, 7, 10, 13, 14]);
  });

  it('measures more seldom where that would take more than a tenth of the time', async () => {
    const { validations } = await withSteps(11, { steps: 14, validationFraction: 0.2 });
    expect(validations).toEqual([14]);
  });

  it('saves and measures at the end of an epoch too', async () => {
    const { checkpoints, validations, stepsPerEpoch } = await withSteps(0.9, { epochs: 2 });
    expect(0.9 * stepsPerEpoch).toBeLessThan(20);
    expect(checkpoints).toEqual([0, 12, stepsPerEpoch, 2 * stepsPerEpoch]);
    expect(validations).toEqual([stepsPerEpoch, 2 * stepsPerEpoch]);
  });

  it('does not save or measure after each of many short epochs', async () => {
    const { checkpoints, validations, stepsPerEpoch } = await withSteps(0.1, { epochs: 9 });
    const everyFiveSeconds = [3, 6, 9].map((epochs) => epochs * stepsPerEpoch);
    expect(checkpoints).toEqual([0, ...everyFiveSeconds]);
    expect(validations).toEqual(everyFiveSeconds);
  });

  it('tells its speed, how much is done and how long it takes yet', async () => {
    const { of } = await withSteps(2, { steps: 10 });
    const step = of('step')[4];
    expect(step).toMatchObject({ fraction: 0.5, secondsLeft: 10 });
    expect(step.charactersPerSecond).toBeCloseTo(given.script.trained[0].batch.inputs.length / 2);
    expect(of('step').at(-1)).toMatchObject({ step: 10, fraction: 1, secondsLeft: 0 });
    expect(of('done')[0].seconds).toBeCloseTo(20);
  });
});
