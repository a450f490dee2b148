import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { invoke, providerFixture, Token } from './provider-fixture.ts';

vi.mock('../../../../src/common/sleep.ts', () => import('../../../fake-sleep.ts'));

const { given, provide } = providerFixture();

describe('cancellation', () => {
  it('ends the wait before the worker is asked', async () => {
    given.settings.delay = 60_000;
    const token = new Token();
    const items = provide({ text: 'x = |', token });
    token.cancel();
    expect(await items).toEqual([]);
    expect(given.asked).toEqual([]);
  });

  it('reaches the worker, and what it says then is not shown', async () => {
    const token = new Token();
    given.answer = () => {
      token.cancel();
      return Promise.resolve({ text: 'foo', confidence: 1, alternatives: [] });
    };
    expect(await provide({ text: 'x = |', token })).toEqual([]);
    expect(given.signals[0].aborted).toBe(true);
    expect(token.listenerCount).toBe(0);
    given.answer = () => Promise.resolve({ text: 'bar', confidence: 1, alternatives: [] });
    expect(await provide({ text: 'x = |' })).toEqual(['bar']);
  });

  it('an automatic request waits for the delay, one by hand does not', async () => {
    given.settings.delay = 5;
    expect(await provide({ text: 'x = |' })).toEqual(['foo(a);']);
    given.settings.delay = 60_000;
    expect(await provide({ text: 'y = |', triggerKind: invoke })).toEqual(['foo(a);']);
  });
});

describe('with a delay', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    given.settings.delay = 500;
  });
  afterEach(() => void vi.useRealTimers());

  const type = (offset: number) => given.provider.noteChange('/a.c', [{ offset, removed: 0, inserted: 'f' }]);

  it('nothing is suggested before a pause as long as that since the last change', async () => {
    type(3);
    vi.advanceTimersByTime(400);
    const items = provide({ text: 'x = |' });
    await vi.advanceTimersByTimeAsync(99);
    expect(given.asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(given.asked.length).toBe(1);
    expect(await items).toEqual(['foo(a);']);
  });

  it('what is shown stays while it is typed, without another pause', async () => {
    expect(await provide({ text: 'x = |', triggerKind: invoke })).toEqual(['foo(a);']);
    type(4);
    expect(await provide({ text: 'x = f|' })).toEqual(['oo(a);']);
  });

  it('what is asked for after the pause comes at once', async () => {
    type(3);
    vi.advanceTimersByTime(500);
    expect(await provide({ text: 'x = |' })).toEqual(['foo(a);']);
  });
});
