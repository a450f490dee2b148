import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Vocabulary } from '../../src/corpus/index.ts';
import { MinCharRnn, SmoothLoss, Windows } from '../../src/recipes/min-char-rnn.ts';
import type { PlainParameters } from '../../src/recipes/min-char-rnn.ts';

/** What make-min-char-rnn.py measured with numpy. */
const numpy = JSON.parse(readFileSync(new URL('min-char-rnn.json', import.meta.url), 'utf8')) as {
  readonly units: number;
  readonly window: number;
  readonly rate: number;
  readonly losses: readonly number[];
  readonly smoothLosses: readonly number[];
};
const text = readFileSync(new URL('min-char-rnn.txt', import.meta.url), 'utf8');

/** The same as in the script. */
function initialParameters(V: number, H: number): PlainParameters {
  let state = 1;
  const drawn = (size: number): Float64Array =>
    Float64Array.from({ length: size }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state / 2 ** 32 - 0.5) * 0.03;
    });
  return {
    Wxh: drawn(H * V),
    Whh: drawn(H * H),
    Why: drawn(V * H),
    bh: new Float64Array(H),
    by: new Float64Array(V),
  };
}

describe('the loop of min-char-rnn', () => {
  it('has the curve of the same loop in numpy, over a thousand steps', () => {
    const vocabulary = Vocabulary.fromTexts([text]);
    const network = new MinCharRnn(initialParameters(vocabulary.size, numpy.units));
    const windows = new Windows(vocabulary.encode(text), numpy.window);
    const smooth = new SmoothLoss(vocabulary.size, numpy.window);
    let worst = 0;
    let worstSmooth = 0;
    for (const [step, expected] of numpy.losses.entries()) {
      const { inputs, targets, begins } = windows.next();
      if (begins) network.reset();
      const loss = network.step(inputs, targets, numpy.rate);
      smooth.add(loss);
      worst = Math.max(worst, Math.abs(loss - expected));
      worstSmooth = Math.max(worstSmooth, Math.abs(smooth.value - numpy.smoothLosses[step]));
    }
    expect(numpy.losses.length).toBe(1000);
    expect(windows.epochs).toBeGreaterThan(1);
    expect(worstSmooth).toBeLessThan(1e-3);
    expect(worst).toBeLessThan(1e-3);
    expect(smooth.value).toBeLessThan(0.85 * numpy.smoothLosses[0]);
  });
});
