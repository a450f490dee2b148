import { describe, expect, it } from 'vitest';
import type { Prediction } from '../../../src/context-model/index.ts';
import { writeOn } from '../../../src/completion/decode/greedy-decode.ts';
import type { Continuation } from '../../../src/completion/predict/predictor.ts';
import { cursorContextOf } from '../../../src/completion/text/cursor-context.ts';

const prediction: Prediction = {
  count: 2,
  codePoints: Int32Array.of(97, 98),
  logProbabilities: Float32Array.of(Math.log(0.5), Math.log(0.25)),
  rest: 0.25,
};

const written = (confidencePower: number | undefined, floor: number) => {
  const continuation: Continuation = {
    predict: () => prediction,
    advance: () => undefined,
    ...(confidencePower !== undefined && { confidencePower }),
  };
  return writeOn(continuation, cursorContextOf('', '', { tabSize: 4 }), {
    choose: () => 0,
    floor,
    maxLength: 10,
    withRivals: true,
    isCancelled: () => false,
  })!;
};

describe('a text that is written on', () => {
  it('ends where the product of its probabilities falls below the floor', () => {
    const { text, probabilities, rivals } = written(undefined, 0.1);
    expect(text).toBe('aaa');
    expect(probabilities.map((p) => Number(p.toFixed(4)))).toEqual([0.5, 0.25, 0.125]);
    expect(rivals[1][0].probability).toBeCloseTo(0.125, 5);
  });

  it('ends earlier where probabilities say more than suggestions may be sure of', () => {
    const { text, probabilities, rivals } = written(1.5, 0.1);
    expect(text).toBe('aa');
    expect(probabilities[1]).toBeCloseTo(0.125, 5);
    expect(rivals[1][0].probability).toBeCloseTo(0.5 ** 1.5 * 0.25 ** 1.5, 5);
  });
});
