import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Snooze } from '../../../src/ui/inline-completion/snooze.ts';

let snooze: Snooze;
let changes: number;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  snooze = new Snooze();
  changes = 0;
  snooze.onDidChange(() => changes++);
});
afterEach(() => {
  snooze.dispose();
  vi.useRealTimers();
});

describe('the snooze', () => {
  it('ends by itself after its minutes, and says so', () => {
    snooze.begin(5);
    expect(snooze.until).toBe(1_300_000);
    vi.advanceTimersByTime(299_999);
    expect(snooze.isOn).toBe(true);
    vi.advanceTimersByTime(1);
    expect(snooze.isOn).toBe(false);
    expect(changes).toBe(2);
  });

  it('is over after its minutes also where the machine slept meanwhile', () => {
    snooze.begin(5);
    vi.setSystemTime(1_299_999);
    expect(snooze.isOn).toBe(true);
    vi.setSystemTime(1_300_000);
    expect([snooze.isOn, snooze.until]).toEqual([false, undefined]);
  });

  it('that is begun anew ends as the new one says', () => {
    snooze.begin(5);
    snooze.begin(60);
    vi.advanceTimersByTime(5 * 60_000);
    expect(snooze.isOn).toBe(true);
    vi.advanceTimersByTime(55 * 60_000);
    expect(snooze.isOn).toBe(false);
  });

  it('without an end lasts until it is ended by hand', () => {
    snooze.begin(Infinity);
    vi.advanceTimersByTime(1e9);
    expect(snooze.until).toBe(Infinity);
    snooze.end();
    expect(snooze.until).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });
});
