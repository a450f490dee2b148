import { describe, expect, it } from 'vitest';
import { lstmBackward, lstmForward } from '../../../../src/engine/reference/lstm.ts';
import { expectClose } from '../../closeness.ts';
import { uniform } from '../../networks.ts';
import { builds, KernelMemory } from './memory.ts';

describe.each(builds)('%s kernels:', (build) => {
  /** The gates of many sums at once: each sum goes through all four, with no cell before it. */
  function activations(sums: Float32Array) {
    const memory = new KernelMemory(build);
    const units = sums.length;
    const four = new Float32Array(4 * units);
    for (let gate = 0; gate < 4; gate++) four.set(sums, gate * units);
    const gates = memory.put(four);
    const [before, cell, output, cellTanh] = Array.from({ length: 4 }, () =>
      memory.put(new Float32Array(units)),
    );
    memory.kernels.lstmForward(gates, gates, before, cell, output, cellTanh, 1, units);
    const all = memory.get(gates, 4 * units);
    return { sigmoid: all.subarray(0, units), tanh: all.subarray(2 * units, 3 * units) };
  }

  function largestRelativeError(actual: Float32Array, x: Float32Array, exact: (x: number) => number): number {
    return x.reduce((largest, value, i) => {
      const expected = exact(value);
      const error = expected === 0 ? Math.abs(actual[i]) : Math.abs(actual[i] / expected - 1);
      return Math.max(largest, error);
    }, 0);
  }

  /** From -limit to limit, denser towards zero. */
  function sweep(limit: number): Float32Array {
    return Float32Array.from({ length: 40_000 }, (_, i) => limit * (i / 20_000 - 1) ** 3);
  }

  describe('the gate functions', () => {
    it('keep tanh within 2e-7 of its value', () => {
      const x = sweep(30);
      expect(largestRelativeError(activations(x).tanh, x, Math.tanh)).toBeLessThan(2e-7);
    });

    it('keep the sigmoid within 2e-7 of its value up to ±87', () => {
      const x = sweep(87);
      const error = largestRelativeError(activations(x).sigmoid, x, (value) => 1 / (1 + Math.exp(-value)));
      expect(error).toBeLessThan(2e-7);
    });

    it('saturate without overflow and pass NaN on', () => {
      const { sigmoid, tanh } = activations(
        Float32Array.of(1e30, -1e30, Infinity, -Infinity, NaN, 0, 3e38, -3e38),
      );
      expect([...tanh]).toEqual([1, -1, 1, -1, NaN, 0, 1, -1]);
      expect([...sigmoid].map((x) => (x < 1e-37 ? 0 : x))).toEqual([1, 0, 1, 0, NaN, 0.5, 1, 0]);
    });
  });

  describe('lstmForward and lstmBackward', () => {
    for (const { rows, units } of [
      { rows: 1, units: 8 },
      { rows: 3, units: 8 },
      { rows: 5, units: 24 },
    ]) {
      it(`${rows} rows of ${units} units, as the plain cell`, () => {
        const sums = uniform(rows * 4 * units, 3, 1);
        const c0 = uniform(rows * units, 1.5, 2);
        const dH = uniform(rows * units, 1, 3);
        // The plain cell on inputs that are the sums themselves: W_ih one, the rest zero.
        const width = 4 * units;
        const parameters = {
          weightIh: Float64Array.from({ length: width * width }, (_, i) => (i % (width + 1) === 0 ? 1 : 0)),
          weightHh: new Float64Array(width * units),
          biasIh: new Float64Array(width),
          biasHh: new Float64Array(width),
        };
        const sizes = { length: 1, batch: rows, inputs: width, units };
        const x = Float64Array.from(sums);
        const trace = lstmForward(
          x,
          new Float64Array(rows * units),
          Float64Array.from(c0),
          parameters,
          sizes,
        );
        const { dX } = lstmBackward(x, Float64Array.from(dH), trace, parameters, sizes);

        const memory = new KernelMemory(build);
        const gates = memory.put(new Float32Array(rows * width));
        const before = memory.put(c0);
        const dRecurrent = memory.put(dH.map((d, i) => (i % 3 === 0 ? d : d / 4)));
        const dOutput = memory.put(dH.map((d, i) => (i % 3 === 0 ? 0 : (3 * d) / 4)));
        const dSums = memory.put(new Float32Array(rows * width));
        const [cell, output, cellTanh, dCell] = Array.from({ length: 4 }, () =>
          memory.put(new Float32Array(rows * units)),
        );
        const sumsAt = memory.put(sums);
        memory.kernels.lstmForward(sumsAt, gates, before, cell, output, cellTanh, rows, units);
        expectClose(memory.get(output, rows * units), trace.h.subarray(rows * units), 1e-6, 'h');
        expectClose(memory.get(cell, rows * units), trace.c.subarray(rows * units), 1e-6, 'c');
        expectClose(memory.get(gates, rows * width), trace.gates, 1e-6, 'gates');
        memory.kernels.lstmBackward(gates, dSums, before, cellTanh, dOutput, dRecurrent, dCell, rows, units);
        expectClose(memory.get(dSums, rows * width), dX, 1e-6, 'gradients');
        expect(memory.intact).toBe(true);
      });
    }
  });
});
