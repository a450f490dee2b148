import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PowerSource } from '../../../src/session/power/power-source.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

it('asks the system once for as long as the answer holds', async () => {
  const read = vi.fn(() => Promise.resolve(true));
  const power = new PowerSource(read);
  expect(await Promise.all([power.isOnBattery(), power.isOnBattery()])).toEqual([true, true]);
  vi.advanceTimersByTime(power.validMs - 1);
  expect(await power.isOnBattery()).toBe(true);
  expect(read).toHaveBeenCalledTimes(1);
  read.mockResolvedValue(false);
  vi.advanceTimersByTime(1);
  expect(await power.isOnBattery()).toBe(false);
  expect(read).toHaveBeenCalledTimes(2);
});
