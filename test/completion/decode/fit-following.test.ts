import { describe, expect, it } from 'vitest';
import { fitToFollowing } from '../../../src/completion/decode/fit-following.ts';
import type { WrittenPath } from '../../../src/completion/decode/greedy-decode.ts';
import { cursorContextOf } from '../../../src/completion/text/cursor-context.ts';
import type { Reading } from '../../../src/completion/predict/predictor.ts';

const text = 'ab, cd';
const path: WrittenPath = {
  text,
  codePoints: Array.from(text, (character) => character.codePointAt(0)!),
  probabilities: [0.9, 0.8, 0.6, 0.6, 0.5, 0.4],
  rivals: [],
  // A comma may follow `ab` and the end; nowhere else is it likely.
  restStarts: [-9, -9, Math.log(0.7), -9, -9, -9],
};

/** Says that the text behind the cursor fits these ends. */
function fitting(fits: ReadonlyMap<number, number>, asked: number[][] = []): Reading {
  return {
    continuation: () => {
      throw new Error('not asked for');
    },
    logLikelihoods: (_, ends) => {
      asked.push([...ends]);
      return ends.map((end) => Math.log(fits.get(end) ?? 1e-9));
    },
  };
}

/** Before other text a suggestion that is likely by so much is right less often. */
const calibrated = (probability: number) => 0.87 * probability ** 1.3;
const contextAt = (suffix: string) => cursorContextOf('f(', suffix, { tabSize: 4 });

describe('what stands behind the cursor', () => {
  it('makes what goes on past a fitting end less likely', () => {
    const fitted = fitToFollowing(path, fitting(new Map([[2, 0.5]])), contextAt(', x)'));
    expect(fitted.probabilities[1]).toBeGreaterThan(calibrated(0.8));
    expect(fitted.probabilities[2]).toBeLessThan(calibrated(0.6));
    expect(fitted.probabilities).toEqual([...fitted.probabilities].sort((a, b) => b - a));
  });

  it('makes nothing likely where it fits best at once', () => {
    const atOnce = { ...path, restStarts: [0, -9, -9, -9, -9, -9] };
    const fitted = fitToFollowing(atOnce, fitting(new Map([[0, 0.9]])), contextAt(', x)'));
    expect(fitted.probabilities[0]).toBeLessThan(calibrated(0.5));
  });

  it('changes little where it fits nothing', () => {
    const fitted = fitToFollowing(path, fitting(new Map()), contextAt(', x)'));
    for (const [index, probability] of fitted.probabilities.entries()) {
      expect(probability).toBeCloseTo(calibrated(path.probabilities[index]), 3);
    }
  });

  it('is as sure before closers as it says', () => {
    const fitted = fitToFollowing(path, fitting(new Map()), contextAt(')'));
    for (const [index, probability] of fitted.probabilities.entries()) {
      expect(probability).toBeCloseTo(path.probabilities[index], 3);
    }
  });

  it('is asked about likely ends alone, and not at the end of a line', () => {
    const asked: number[][] = [];
    fitToFollowing(path, fitting(new Map(), asked), contextAt(', x)'));
    expect(asked).toEqual([[2]]);
    expect(fitToFollowing(path, fitting(new Map(), asked), contextAt('\nx'))).toBe(path);
    expect(asked.length).toBe(1);
  });
});
