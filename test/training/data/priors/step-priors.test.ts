import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PriorSource } from '../../../../src/training/data/priors/source.ts';
import { StepPriors, type WarmUp } from '../../../../src/training/data/priors/step-priors.ts';

const WINDOWS = 20;
const signal = new AbortController().signal;

afterEach(() => void vi.useRealTimers());

/** Priors whose source has those of some windows, and notes what it is asked for. */
function priorsOf(warmUp: WarmUp, there: readonly number[] = []) {
  const prepared: number[] = [];
  const gathered: number[] = [];
  const waitedFor: number[] = [];
  const source = {
    prepare: (index: number) => {
      prepared.push(index);
      return [];
    },
    gather: (index: number) => void gathered.push(index),
    has: (index: number) => there.includes(index),
    ready: (index: number) => Promise.resolve(void waitedFor.push(index)),
  } satisfies Pick<PriorSource, 'prepare' | 'gather' | 'has' | 'ready'>;
  const priors = new StepPriors(source as unknown as PriorSource, WINDOWS, warmUp);
  return { priors, prepared, gathered, waitedFor };
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

  it('are missing where they are not there yet, waited for nowhere, and computed from the first window on', async () => {
    const { priors, prepared, gathered, waitedFor } = priorsOf(
      { untilStep: Infinity, untilMs: performance.now() + 1e6 },
      [6, 7],
    );
    expect(await missing(priors, [5, 6, 7, 8])).toEqual([true, false, false, true]);
    expect(gathered).toEqual([5, 5, 5, 5]);
    expect([prepared, waitedFor, priors.isWarmUpOver]).toEqual([[], [], false]);
  });

  it('are waited for from some time on', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { priors, waitedFor } = priorsOf({ untilStep: Infinity, untilMs: performance.now() + 1000 });
    expect(await missing(priors, [0, 1])).toEqual([true, true]);
    expect(priors.isWarmUpOver).toBe(false);
    vi.advanceTimersByTime(1000);
    expect(await missing(priors, [2])).toEqual([false]);
    expect(priors.isWarmUpOver).toBe(true);
    expect(waitedFor).toEqual([2]);
  });

  it('are waited for from a step on, too, where a run is limited by both', async () => {
    const { priors, waitedFor } = priorsOf({ untilStep: 2, untilMs: performance.now() + 1e6 });
    expect(await missing(priors, [0, 1, 2, 3])).toEqual([true, true, false, false]);
    expect(waitedFor).toEqual([2, 3]);
  });
});
