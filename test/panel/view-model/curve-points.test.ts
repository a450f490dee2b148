import { describe, expect, it } from 'vitest';
import type { CurvePoint } from '../../../src/panel/index.ts';
import { mergePoints, thinPoints } from '../../../src/panel/view-model/curve-points.ts';

const losses = (...steps: number[]): CurvePoint[] => steps.map((step) => ({ step, loss: step / 10 }));

describe('mergePoints', () => {
  it('puts what came later behind, without looking at what was there', () => {
    expect(mergePoints(losses(1, 2), losses(3, 4))).toEqual(losses(1, 2, 3, 4));
    const points = losses(1, 2);
    expect(mergePoints(points, [])).toBe(points);
  });

  it('puts fields of one step together, those that came later first', () => {
    const later = [{ step: 2, loss: 9 }, { step: 2, heldOutBits: 3 }, { step: 5 }];
    expect(mergePoints([...losses(1), { step: 2, loss: 1, seconds: 4 }, ...losses(3, 6)], later)).toEqual([
      ...losses(1),
      { step: 2, loss: 9, seconds: 4, heldOutBits: 3 },
      ...losses(3),
      { step: 5 },
      ...losses(6),
    ]);
  });
});

describe('thinPoints', () => {
  it('leaves few points alone', () => {
    const points = losses(1, 2, 3);
    expect(thinPoints(points, 3)).toBe(points);
  });

  it('keeps the last point and the measures of held-out files', () => {
    const points = losses(...Array(100).keys()).map((point) =>
      point.step % 33 === 1 ? { ...point, heldOutBits: 2 } : point,
    );
    const kept = thinPoints(points, 20);
    expect(kept.length).toBeLessThanOrEqual(20);
    expect(kept.length).toBeGreaterThan(10);
    expect(kept.at(-1)?.step).toBe(99);
    expect(kept.filter(({ heldOutBits }) => heldOutBits).map(({ step }) => step)).toEqual([1, 34, 67]);
    expect(kept.map(({ step }) => step)).toEqual(kept.map(({ step }) => step).sort((a, b) => a - b));
  });

  it('thins measures, too, where there are nothing but measures', () => {
    const points = Array.from({ length: 50 }, (_, step) => ({ step, heldOutBits: 1 }));
    expect(thinPoints(points, 10).length).toBeLessThanOrEqual(10);
  });
});
