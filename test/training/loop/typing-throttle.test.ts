import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TypingThrottle } from '../../../src/training/loop/typing-throttle.ts';

vi.mock('../../../src/common/sleep.ts', () => import('../../fake-sleep.ts'));

const signal = new AbortController().signal;

/** Milliseconds that one rest takes; somebody types at the times given, counted from its begin. */
async function lengthOfRest(
  typingThrottle: TypingThrottle,
  typedAt: readonly number[] = [],
): Promise<number> {
  const begin = performance.now();
  let over: number | undefined;
  const rest = typingThrottle.wait(signal).then(() => (over = performance.now() - begin));
  for (let now = 0; now < 5_000; now++) {
    if (typedAt.includes(now)) typingThrottle.noteTyping();
    await new Promise((resolve) => setImmediate(resolve));
    if (over !== undefined) break;
    await vi.advanceTimersByTimeAsync(1);
  }
  await rest;
  return over!;
}

describe('a training between two steps', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('goes on at once where nobody types', async () => {
    expect(await lengthOfRest(new TypingThrottle())).toBe(0);
  });

  it('rests for 150 ms after a key, counted from the key', async () => {
    const typingThrottle = new TypingThrottle();
    typingThrottle.noteTyping();
    vi.advanceTimersByTime(50);
    expect(await lengthOfRest(typingThrottle)).toBe(100);
    expect(await lengthOfRest(typingThrottle)).toBe(0);
  });

  it('rests on while keys follow each other, but takes a step after 600 ms', async () => {
    const typingThrottle = new TypingThrottle();
    typingThrottle.noteTyping();
    expect(await lengthOfRest(typingThrottle, [100, 200])).toBe(350);
    typingThrottle.noteTyping();
    expect(await lengthOfRest(typingThrottle, [100, 200, 300, 400, 500, 600, 700])).toBe(600);
  });

  it('does not rest on when it is to end', async () => {
    const typingThrottle = new TypingThrottle();
    const stop = new AbortController();
    typingThrottle.noteTyping();
    const rest = typingThrottle.wait(stop.signal);
    setImmediate(() => stop.abort());
    await rest;
    expect(vi.getTimerCount()).toBe(0);
  });
});
