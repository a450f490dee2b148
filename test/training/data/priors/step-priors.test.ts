import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PriorSource } from '../../../../src/training/data/priors/source.ts';
import { StepPriors, type WarmUp } from '../../../../src/training/data/priors/step-priors.ts';

const WINDOWS = 20;
const signal = new AbortController().signal;

afterEach(() => void vi.useRealTimers());

/** Priors whose source is asked for windows, and has them from some request on. */
function priorsOf(warmUp: WarmUp, requestsUntilThere = Infinity) {
  const prepared: number[] = [];
  const waitedFor: number[] = [];
  const source = {
    prepare: (index: number) =>
      prepared.push(index) < requestsUntilThere ? [new Promise<void>(() => undefined)] : [],
    ready: (index: number) => Promise.resolve(void waitedFor.push(index)),
  } satisfies Pick<PriorSource, 'prepare' | 'ready'>;
  return { priors: new StepPriors(source as unknown as PriorSource, WINDOWS, warmUp), prepared, waitedFor };
}

/** Which of steps go without priors. */
async function missing(priors: StepPriors, steps: readonly number[]): Promise<boolean[]> {
  const result: boolean[] = [];
  for (const step of steps) {
    await priors.ready({ step, windowsDone: step % WINDOWS }, signal);
    result.push(priors.isMissing(step));
  }
  return result;
}

describe('StepPriors', () => {
  it('are missing until a step, while those of its window are computed', async () => {
    const { priors, prepared, waitedFor } = priorsOf({ untilStep: 21 });
    expect(await missing(priors, [18, 19, 20, 21, 22])).toEqual([true, true, true, false, false]);
    expect(prepared).toEqual([1, 1, 1]);
    expect(waitedFor).toEqual([1, 2]);
  });

  it('are missing until they are there, and never again', async () => {
    const { priors, prepared, waitedFor } = priorsOf(
      { untilStep: Infinity, untilMs: performance.now() + 1e6 },
      3,
    );
    expect(await missing(priors, [0, 1, 2, 3])).toEqual([true, true, false, false]);
    expect(prepared).toEqual([0, 1, 2]);
    expect(waitedFor).toEqual([2, 3]);
  });

  it('are waited for from some time on', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { priors, waitedFor } = priorsOf({ untilStep: Infinity, untilMs: performance.now() + 1000 });
    expect(await missing(priors, [0, 1])).toEqual([true, true]);
    vi.advanceTimersByTime(1000);
    expect(await missing(priors, [2])).toEqual([false]);
    expect(waitedFor).toEqual([2]);
  });

  it('are waited for from a step on, too, where a run is limited by both', async () => {
    const { priors, waitedFor } = priorsOf({ untilStep: 2, untilMs: performance.now() + 1e6 });
    expect(await missing(priors, [0, 1, 2, 3])).toEqual([true, true, false, false]);
    expect(waitedFor).toEqual([2, 3]);
  });
});
