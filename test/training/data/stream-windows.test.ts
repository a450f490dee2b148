import { describe, expect, it } from 'vitest';
import { StreamWindows } from '../../../src/training/data/stream-windows.ts';

const symbols = Int32Array.from({ length: 18 }, (_, i) => 100 + i);

describe('StreamWindows', () => {
  it('have every stream predict as many symbols, the last window the rest', () => {
    const windows = new StreamWindows(symbols, { batchSize: 2, sequenceLength: 3 });
    expect([windows.streamLength, windows.windows]).toEqual([8, 3]);
    expect([...windows.window(0).inputs]).toEqual([100, 108, 101, 109, 102, 110]);
    expect([...windows.window(2).targets]).toEqual([107, 115, 108, 116]);
    expect([0, 1, 2].map((index) => windows.lengthOf(index))).toEqual([3, 3, 2]);
  });

  it('are none where there are fewer symbols to predict than streams', () => {
    expect(new StreamWindows(symbols, { batchSize: 18, sequenceLength: 3 }).windows).toBe(0);
  });
});
