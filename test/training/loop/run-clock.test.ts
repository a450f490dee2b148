import { afterEach, expect, it, vi } from 'vitest';
import { RunClock } from '../../../src/training/loop/run-clock.ts';

afterEach(() => void vi.useRealTimers());

it('does not count as learning what was waited for', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const clock = new RunClock(0);
  vi.advanceTimersByTime(30_000);
  clock.noteWait(12);
  clock.noteWait(3);
  expect(clock.elapsed).toBe(30);
  expect(clock.learningSeconds).toBe(15);
});
