import { describe, expect, it } from 'vitest';
import type { Prediction } from '../../src/context-model/index.ts';
import { type SampleOptions, samplePredictions } from '../../src/sampling/index.ts';
import type { PredictedText } from '../../src/sampling/predicted-sample.ts';

/** A text whose characters are always expected with the same probabilities. */
class SteadyText implements PredictedText {
  written = '';
  private readonly expected: readonly (readonly [string, number])[];

  constructor(...expected: readonly (readonly [string, number])[]) {
    this.expected = expected;
  }

  predict(): Prediction {
    const listed = this.expected;
    return {
      count: listed.length,
      codePoints: Int32Array.from(listed, ([character]) => character.codePointAt(0)!),
      logProbabilities: Float32Array.from(listed, ([, probability]) => Math.log(probability)),
      rest: 1 - listed.reduce((sum, [, probability]) => sum + probability, 0),
    };
  }

  advance(codePoint: number): void {
    this.written += String.fromCodePoint(codePoint);
  }
}

function written(text: SteadyText, options: Partial<SampleOptions> = {}): string {
  const sample = [
    ...samplePredictions(text, { prime: '', length: 1000, temperature: 1, seed: 1, ...options }),
  ].join('');
  expect(text.written).toBe(sample);
  return sample;
}

const share = (text: string, character: string): number => text.split(character).length / text.length;

describe('samplePredictions', () => {
  it('draws as often as is expected', () => {
    const text = written(new SteadyText(['a', 0.6], ['b', 0.3], ['😀', 0.1]), { length: 4000 });
    expect([...text].length).toBe(4000);
    expect(share(text, 'a')).toBeGreaterThan(0.5);
    expect(share(text, 'b')).toBeGreaterThan(0.24);
    expect(text).toContain('😀');
  });

  it('leaves out what is less than a twentieth as likely as the likeliest', () => {
    const likely = ['a', 'x', 'y'].map((character) => [character, 0.3] as const);
    const rare = [['b', 0.3 * 0.051] as const, ['c', 0.3 * 0.049] as const];
    const text = written(new SteadyText(...likely, ...rare), { length: 3000 });
    expect(text).toContain('b');
    expect(text).not.toContain('c');
  });

  it('is more careful at a lower temperature', () => {
    const at = (temperature: number) =>
      share(written(new SteadyText(['a', 0.6], ['b', 0.4]), { temperature }), 'b');
    expect(at(0.3)).toBeLessThan(at(1) - 0.1);
    expect(at(1)).toBeLessThan(at(10) + 0.05);
  });

  it('takes the likeliest at temperature 0, for ever if need be', () => {
    expect(written(new SteadyText(['a', 0.6], ['b', 0.4]), { temperature: 0, length: 300 })).toBe(
      'a'.repeat(300),
    );
  });

  it('leaves a circle above temperature 0', () => {
    const rare = ['.', ',', ';', ':', '!', '?'].map((character) => [character, 1e-9] as const);
    const text = written(new SteadyText(['a', 1 - 1e-8], ...rare), { temperature: 0.5, length: 300 });
    expect(Math.max(...text.split(/[^a]/).map(({ length }) => length))).toBeLessThanOrEqual(60);
  });

  it('goes on with what is blocked where nothing else is expected', () => {
    expect(written(new SteadyText(['a', 0.9]), { length: 200 })).toBe('a'.repeat(200));
  });

  it('is the same for the same seed and another for another', () => {
    const of = (seed: number) => written(new SteadyText(['a', 0.5], ['b', 0.5]), { seed, length: 40 });
    expect(of(3)).toBe(of(3));
    expect(of(3)).not.toBe(of(4));
  });

  it('ends where nothing is expected, and writes nothing of no length', () => {
    expect(written(new SteadyText())).toBe('');
    expect(written(new SteadyText(['a', 1]), { length: 0 })).toBe('');
  });
});
