import { describe, expect, it } from 'vitest';
import { LossHistory, thinned } from '../../../src/training/loop/loss-history.ts';

const upTo = (steps: number, history = new LossHistory(), from = 0): LossHistory => {
  for (let step = from; step < steps; step++) history.add(step, step / 10);
  return history;
};

describe('LossHistory', () => {
  it('keeps every loss at first', () => {
    expect(upTo(500).toStored()).toEqual(
      Array.from({ length: 500 }, (_, step) => ({ step, loss: step / 10 })),
    );
  });

  it.each([999, 1_000, 1_001, 20_000])(
    'keeps at most 1,000 evenly spaced losses and the latest of %i',
    (n) => {
      const stored = upTo(n).toStored();
      expect(stored.length).toBeLessThanOrEqual(1_000);
      expect(stored.length).toBeGreaterThan(490);
      expect(stored[0].step).toBe(0);
      expect(stored.at(-1)!.step).toBe(n - 1);
      const gaps = stored.slice(1, -1).map((point, i) => point.step - stored[i].step);
      expect(new Set(gaps).size).toBe(1);
    },
  );

  it('is the same after being stored and taken up again', () => {
    for (const steps of [1, 2, 999, 3_333]) {
      const resumed = new LossHistory(upTo(steps).toStored(), steps);
      expect(upTo(5_000, resumed, steps).toStored()).toEqual(upTo(5_000).toStored());
    }
  });

  it('keeps what it has where it is taken up with gaps, of steps that had no loss', () => {
    for (const [first, end] of [
      [40, 60],
      [40, 3_333],
    ]) {
      const history = new LossHistory();
      history.add(3, 1);
      upTo(end, history, first);
      const resumed = new LossHistory(history.toStored(), end);
      const expected = upTo(end + 9, history, end).toStored();
      expect(upTo(end + 9, resumed, end).toStored()).toEqual(expected);
    }
  });

  it('keeps some of each run where a quarter of the steps have one, wherever it began', () => {
    const addBlocks = (history: LossHistory, begin: number, end: number): LossHistory => {
      for (let block = begin; block < end; block += 128)
        for (let step = block; step < block + 32; step++) history.add(step, 1);
      return history;
    };
    const second = 800 * 128 + 40;
    const end = second + 3_200 * 128;
    const stored = addBlocks(addBlocks(new LossHistory(), 0, second), second, end).toStored();
    expect(stored.length).toBeLessThanOrEqual(1_000);
    expect(stored.filter(({ step }) => step >= second).length).toBeGreaterThan(300);
    const resumed = new LossHistory(addBlocks(new LossHistory(), 0, second).toStored(), second);
    expect(addBlocks(resumed, second, end).toStored()).toEqual(stored);
  });

  it('never keeps more than 1,000 of them', () => {
    const history = new LossHistory();
    for (let step = 0; step < 2 ** 18; step += 128) {
      history.add(step, 1);
      history.add(step + 1, 1);
      expect(history.toStored().length).toBeLessThanOrEqual(1_000);
    }
  });

  it('forgets a loss that was measured without a step', () => {
    const measured = upTo(10);
    measured.add(10, 99);
    const resumed = new LossHistory(measured.toStored(), 10);
    expect(upTo(12, resumed, 10).toStored()).toEqual(upTo(12).toStored());
  });
});

describe('thinned', () => {
  it('leaves 1,000 points as they are', () => {
    const points = Array.from({ length: 1_000 }, (_, i) => i);
    expect(thinned(points)).toEqual(points);
  });

  it('drops every other of more, and keeps the last', () => {
    const kept = thinned(Array.from({ length: 1_001 }, (_, i) => i));
    expect(kept).toEqual(Array.from({ length: 501 }, (_, i) => 2 * i));
  });
});
