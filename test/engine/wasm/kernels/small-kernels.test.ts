import { describe, expect, it } from 'vitest';
import type { OptimizerUpdate } from '../../../../src/engine/index.ts';
import { optimizerStep } from '../../../../src/engine/reference/optimizers.ts';
import { expectClose } from '../../closeness.ts';
import { uniform } from '../../networks.ts';
import { builds, KernelMemory } from './memory.ts';

describe.each(builds)('%s kernels:', (build) => {
  describe('sumOfSquares', () => {
    for (const n of [4, 20, 4096]) {
      it(`of ${n} values`, () => {
        const memory = new KernelMemory(build);
        const x = uniform(n, 3, n);
        const expected = x.reduce((sum, value) => sum + value * value, 0);
        expectClose([memory.kernels.sumOfSquares(memory.put(x), n)], [expected], 1e-14);
      });
    }

    it('does not overflow where floats would', () => {
      const memory = new KernelMemory(build);
      expect(memory.kernels.sumOfSquares(memory.put([1e30, 0, 0, 1e30]), 4)).toBeCloseTo(2e60, -54);
    });
  });

  describe('adam', () => {
    it('takes the steps of the plain one, scaled', () => {
      const n = 24;
      const memory = new KernelMemory(build);
      const optimizer = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
      const plain = {
        weight: Float64Array.from(uniform(n, 1, 1)),
        moments: [new Float64Array(n), new Float64Array(n)],
      };
      const w = memory.put(plain.weight);
      const [m, v] = plain.moments.map((values) => memory.put(values));
      for (let step = 1; step <= 10; step++) {
        const gradient = uniform(n, 10 ** -step, 10 + step);
        const g = memory.put(gradient);
        const [root, size] = [1 / Math.sqrt(1 - 0.999 ** step), 0.01 / (1 - 0.9 ** step)];
        memory.kernels.adam(w, g, m, v, n, 0.25, 0.9, 1 - 0.9, 0.999, 1 - 0.999, size, root, 1e-8);
        const scaled = Float64Array.from(gradient, (value) => value * 0.25);
        optimizerStep(optimizer, plain, scaled, 0.01, step);
        expect(memory.get(g, n)).toEqual(gradient);
      }
      expectClose(memory.get(w, n), plain.weight, 1e-6, 'weights');
      expectClose(memory.get(m, n), plain.moments[0], 1e-6, 'first moments');
      expectClose(memory.get(v, n), plain.moments[1], 1e-6, 'second moments');
      expect(memory.intact).toBe(true);
    });
  });

  describe('the other optimisers', () => {
    it.each(['rmsprop', 'adagrad', 'sgd'] as const)('take the steps of plain %s, scaled', (kind) => {
      const n = 24;
      const memory = new KernelMemory(build);
      const plain = { weight: Float64Array.from(uniform(n, 1, 1)), moments: [new Float64Array(n)] };
      const w = memory.put(plain.weight);
      const v = memory.put(plain.moments[0]);
      const [alpha, gain] = kind === 'rmsprop' ? [0.99, 0.01] : [1, 1];
      for (let step = 1; step <= 10; step++) {
        const gradient = uniform(n, 10 ** -step, 10 + step);
        const g = memory.put(gradient);
        if (kind === 'sgd') memory.kernels.descend(w, g, n, 0.25 * 0.01);
        else memory.kernels.descendByRoot(w, g, v, n, 0.25, alpha, gain, 0.01, 1e-10);
        const scaled = Float64Array.from(gradient, (value) => value * 0.25);
        const constants = { alpha, epsilon: 1e-10 };
        const optimizer: OptimizerUpdate = kind === 'sgd' ? { kind } : { kind, ...constants };
        optimizerStep(optimizer, plain, scaled, 0.01, step);
        expect(memory.get(g, n)).toEqual(gradient);
      }
      expectClose(memory.get(w, n), plain.weight, 1e-6, 'weights');
      expectClose(memory.get(v, n), plain.moments[0], 1e-6, 'moments');
      expect(memory.intact).toBe(true);
    });
  });

  describe('elementwise', () => {
    const [rows, n] = [3, 24];
    const [x, y] = [uniform(rows * n, 1, 1), uniform(rows * n, 1, 2)];

    it('add repeats one row', () => {
      const memory = new KernelMemory(build);
      const out = memory.put(new Float32Array(rows * n));
      memory.kernels.add(memory.put(x), memory.put(y.subarray(0, n)), out, rows, n, n);
      expect(memory.get(out, rows * n)).toEqual(x.map((value, i) => value + y[i % n]));
      expect(memory.intact).toBe(true);
    });

    it('multiply works in place', () => {
      const memory = new KernelMemory(build);
      const at = memory.put(x);
      memory.kernels.multiply(at, memory.put(y), at, rows * n);
      expect(memory.get(at, rows * n)).toEqual(x.map((value, i) => value * y[i]));
      expect(memory.intact).toBe(true);
    });

    it('addColumnSums adds to what is there', () => {
      const memory = new KernelMemory(build);
      const sums = memory.put(y.subarray(0, n));
      memory.kernels.addColumnSums(memory.put(x), sums, rows, n);
      const expected = Array.from({ length: n }, (_, j) => y[j] + x[j] + x[n + j] + x[2 * n + j]);
      expectClose(memory.get(sums, n), expected, 1e-6);
      expect(memory.intact).toBe(true);
    });
  });

  describe('gather and scatter', () => {
    const [symbols, n] = [5, 8];
    const ids = [4, 0, 4, 2, 4];
    const table = uniform(symbols * n, 1, 1);

    it('gatherRows picks rows', () => {
      const memory = new KernelMemory(build);
      const out = memory.put(new Float32Array(ids.length * n));
      memory.kernels.gatherRows(memory.put(table), memory.putIntegers(ids), out, ids.length, n);
      const expected = ids.flatMap((id) => [...table.subarray(id * n, (id + 1) * n)]);
      expect([...memory.get(out, ids.length * n)]).toEqual(expected);
      expect(memory.intact).toBe(true);
    });

    it('scatterAddRows adds rows up where ids repeat', () => {
      const memory = new KernelMemory(build);
      const x = uniform(ids.length * n, 1, 2);
      const target = memory.put(table);
      memory.kernels.scatterAddRows(memory.put(x), memory.putIntegers(ids), target, ids.length, n);
      const expected = Float64Array.from(table);
      ids.forEach((id, i) => {
        for (let j = 0; j < n; j++) expected[id * n + j] += x[i * n + j];
      });
      expectClose(memory.get(target, symbols * n), expected, 1e-6);
      expect(memory.intact).toBe(true);
    });
  });

  describe('vectorProduct', () => {
    for (const { depth, columns } of [
      { depth: 1, columns: 32 },
      { depth: 24, columns: 96 },
    ]) {
      it(`1 x ${depth} times ${depth} x ${columns}`, () => {
        const memory = new KernelMemory(build);
        const [x, b, start] = [uniform(depth, 1, 1), uniform(depth * columns, 1, 2), uniform(columns, 1, 3)];
        const panels = new Float32Array(b.length);
        const expected = Float64Array.from(start);
        b.forEach((value, i) => {
          const [k, column] = [Math.floor(i / columns), i % columns];
          panels[Math.floor(column / 32) * depth * 32 + k * 32 + (column % 32)] = value;
          expected[column] += x[k] * value;
        });
        const out = memory.put(new Float32Array(columns));
        memory.kernels.vectorProduct(
          memory.put(x),
          memory.put(panels),
          memory.put(start),
          out,
          depth,
          columns,
        );
        expectClose(memory.get(out, columns), expected, 1e-6);
        expect(memory.intact).toBe(true);
      });
    }
  });

  describe('the module', () => {
    it('keeps its constants below the first byte for data', async () => {
      const { DATA_START } = await import('../../../../src/engine/wasm/layout/kernel-constants.ts');
      expect(new KernelMemory(build).kernels.dataStart()).toBeLessThanOrEqual(DATA_START);
    });
  });
});
