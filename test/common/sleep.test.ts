import { describe, expect, it } from 'vitest';
import { sleep } from '../../src/common/sleep.ts';

describe('sleep', () => {
  it('ends when its signal is aborted, before its time and without an error', async () => {
    const stop = new AbortController();
    const slept = sleep(2 ** 30, stop.signal);
    stop.abort();
    expect(await slept).toBeUndefined();
    expect(await sleep(2 ** 30, stop.signal)).toBeUndefined();
  });

  it('rejects what the timer rejects for another reason', async () => {
    // @ts-expect-error to be rejected by the timer itself
    await expect(sleep('1')).rejects.toThrow('must be of type number');
  });
});
