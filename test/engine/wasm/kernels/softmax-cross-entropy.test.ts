import { describe, expect, it } from 'vitest';
import { crossEntropy } from '../../../../src/engine/reference/softmax-cross-entropy.ts';
import { expectClose } from '../../closeness.ts';
import { uniform } from '../../networks.ts';
import { builds, KernelMemory } from './memory.ts';

describe.each(builds)('%s kernels:', (build) => {
  /** Both kernels on logits [rows, symbols], padded to a multiple of 8 as the engine pads them. */
  function run(logits: Float32Array, targets: number[], symbols: number) {
    const memory = new KernelMemory(build);
    const rows = targets.length;
    const columns = Math.ceil(symbols / 8) * 8;
    const padded = Float32Array.from({ length: rows * columns }, (_, i) =>
      i % columns < symbols ? logits[Math.floor(i / columns) * symbols + (i % columns)] : -1e30,
    );
    const at = memory.put(padded);
    const spoilt = memory.put(padded);
    const ids = memory.putIntegers(targets);
    const hits = memory.putIntegers([0]);
    const counted = targets.filter((target) => target >= 0).length;
    const evaluated = memory.kernels.crossEntropyAndHits(spoilt, ids, rows, columns, hits);
    const loss = memory.kernels.crossEntropyAndGradient(
      at,
      ids,
      rows,
      columns,
      counted > 0 ? 1 / counted : 0,
    );
    const all = memory.get(at, rows * columns);
    expect(memory.intact).toBe(true);
    return {
      loss,
      evaluated,
      correct: memory.integer(hits),
      gradient: all.filter((_, i) => i % columns < symbols),
      padding: all.filter((_, i) => i % columns >= symbols),
    };
  }

  describe('softmax cross entropy', () => {
    for (const { name, symbols, scale, targets } of [
      { name: 'the fewest symbols', symbols: 2, scale: 1, targets: [0, 1] },
      { name: 'a panel full', symbols: 8, scale: 3, targets: [7, 0, 3] },
      { name: '98 symbols', symbols: 98, scale: 5, targets: [97, 0, 50, -1, 8] },
      { name: 'nothing counted', symbols: 5, scale: 1, targets: [-1, -7] },
      { name: 'logits far apart', symbols: 11, scale: 60, targets: [1, 2, 3, 4] },
    ]) {
      it(`${name}: loss, gradient and hits of the plain one`, () => {
        const logits = uniform(targets.length * symbols, scale, 1);
        const expected = crossEntropy(Float64Array.from(logits), Int32Array.from(targets), symbols);
        const actual = run(logits, targets, symbols);
        expectClose([actual.loss, actual.evaluated], [expected.loss, expected.loss], 1e-6, 'losses');
        expectClose(actual.gradient, expected.dLogits, 1e-6, 'gradients');
        expect(actual.correct).toBe(expected.correct);
        expect(actual.padding.every((x) => x === 0)).toBe(true);
      });
    }

    it('counts a target with the largest logit as a hit', () => {
      expect(run(Float32Array.of(1, 2, 3, 3, 2, 1), [2, 2], 3).correct).toBe(1);
    });

    for (const { name, logits, loss, gradient } of [
      { name: 'equal logits share equally', logits: [3, 3], loss: Math.LN2, gradient: [-0.5, 0.5] },
      { name: 'a huge logit does not overflow', logits: [1e4, 0], loss: 0, gradient: [0, 0] },
      { name: 'nor does a hugely negative one', logits: [-1e4, 0], loss: 1e4, gradient: [-1, 1] },
      {
        name: 'all far below zero is as good as zero',
        logits: [-1e6, -1e6],
        loss: Math.LN2,
        gradient: [-0.5, 0.5],
      },
      { name: 'NaN in, NaN out', logits: [NaN, 0], loss: NaN, gradient: [NaN, NaN] },
      { name: 'infinity is not hidden', logits: [0, Infinity], loss: NaN, gradient: [NaN, NaN] },
    ]) {
      it(name, () => {
        const actual = run(Float32Array.from(logits), [0], 2);
        expectClose([actual.loss, actual.evaluated], [loss, loss], 1e-6, 'losses');
        if (Number.isNaN(loss)) expect(actual.gradient.some(Number.isNaN)).toBe(true);
        else expectClose(actual.gradient, gradient, 1e-6, 'gradients');
      });
    }

    it('keeps probabilities within 1e-6 of theirs down to e^-87, and 0 below', () => {
      const symbols = 4000;
      const logits = Float32Array.from({ length: symbols }, (_, i) => -i / 40);
      const total = logits.reduce((sum, x) => sum + Math.exp(x), 0);
      const { gradient } = run(logits, [0], symbols);
      logits.forEach((x, i) => {
        if (i === 0) return;
        const expected = Math.exp(x) / total;
        if (x >= -82) expect(Math.abs(gradient[i] / expected - 1)).toBeLessThan(1e-6);
        else if (x < -87) expect(gradient[i]).toBe(0);
      });
    });
  });
});
