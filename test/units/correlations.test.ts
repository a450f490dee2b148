import { describe, expect, it } from 'vitest';
import { Correlations, FEATURE_NAMES, namedUnits } from '../../src/units/index.ts';

function correlationOf(xs: readonly number[], ys: readonly number[]): number {
  const correlations = new Correlations(1, 1);
  xs.forEach((x, at) => correlations.add([x], [ys[at]]));
  return correlations.between(0, 0);
}

describe('Correlations', () => {
  it('gives the figures of a textbook', () => {
    // Anscombe's first quartet.
    const xs = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const ys = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    expect(correlationOf(xs, ys)).toBeCloseTo(0.81642, 5);
  });

  it('is the point-biserial correlation where one series is of truth values', () => {
    const xs = [1, 2, 3, 4, 5, 6];
    const ys = [0, 0, 1, 0, 1, 1];
    // (mean of ones - mean of zeros) / deviation · √(p q), after the definition.
    const expected = ((14 / 3 - 7 / 3) / Math.sqrt(35 / 12)) * Math.sqrt(0.25);
    expect(correlationOf(xs, ys)).toBeCloseTo(expected, 12);
  });

  it('is 1 and -1 for straight lines, and 0 where one series never changes', () => {
    expect(correlationOf([1, 2, 4], [10, 20, 40])).toBeCloseTo(1, 12);
    expect(correlationOf([1, 2, 4], [-1, -2, -4])).toBeCloseTo(-1, 12);
    expect(correlationOf([0.1, 0.1, 0.1], [1, 2, 3])).toBe(0);
    expect(correlationOf([1, 2, 3], [0, 0, 0])).toBe(0);
    expect(correlationOf([], [])).toBe(0);
  });

  it('keeps several series apart', () => {
    const correlations = new Correlations(2, 2);
    for (const [a, b] of [
      [0, 1],
      [0.5, 0],
      [1, 1],
      [1.5, 0],
    ]) {
      correlations.add([a, b], [b, a]);
    }
    expect(correlations.between(0, 1)).toBeCloseTo(1, 12);
    expect(correlations.between(1, 0)).toBeCloseTo(1, 12);
    expect(correlations.between(0, 0)).toBeCloseTo(correlations.between(1, 1), 12);
  });
});

describe('namedUnits', () => {
  const string = FEATURE_NAMES.indexOf('string');
  const comment = FEATURE_NAMES.indexOf('comment');

  /** Correlations of units by what each follows: a feature's index, and how often against it, in 100 positions. */
  function following(...units: readonly { feature: number; wrong: number; sign?: number }[]): Correlations {
    const correlations = new Correlations(units.length, FEATURE_NAMES.length);
    for (let at = 0; at < 400; at++) {
      const features = FEATURE_NAMES.map((_, feature) =>
        feature < 2 ? Number((at >> feature) % 2 === 0) : 0,
      );
      const values = units.map(({ feature, wrong, sign = 1 }) => {
        const isWrong = at % 100 < wrong;
        return sign * (features[feature] === Number(!isWrong) ? 0.9 : -0.9);
      });
      correlations.add(values, features);
    }
    return correlations;
  }

  it('names the units that follow a feature, the strongest first, also those that go against it', () => {
    const correlations = following(
      { feature: string, wrong: 20 },
      { feature: comment, wrong: 4, sign: -1 },
      { feature: string, wrong: 50 },
    );
    const named = namedUnits(correlations, 3);
    expect(named.map(({ unit, feature }) => [unit, feature])).toEqual([
      [1, 'comment'],
      [0, 'string'],
    ]);
    expect(named[0].correlation).toBeCloseTo(-0.92, 2);
    expect(named[1].correlation).toBeCloseTo(0.6, 2);
  });

  it('names three units of a feature at most', () => {
    const correlations = following(...[8, 4, 12, 16].map((wrong) => ({ feature: string, wrong })));
    expect(namedUnits(correlations, 4).map(({ unit }) => unit)).toEqual([1, 0, 2]);
  });
});
