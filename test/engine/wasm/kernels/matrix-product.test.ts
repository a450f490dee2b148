import { describe, expect, it } from 'vitest';
import {
  outerProductScratch,
  outerProductSums,
} from '../../../../src/engine/wasm/layout/kernel-constants.ts';
import { expectClose } from '../../closeness.ts';
import { uniform } from '../../networks.ts';
import { builds, KernelMemory } from './memory.ts';

describe.each(builds)('%s kernels:', (build) => {
  /** S + A [rows, depth] · B [depth, columns], S being rows of its own or one row repeated. */
  function plainProduct(a: Float32Array, b: Float32Array, s: Float32Array, rows: number, columns: number) {
    const depth = b.length / columns;
    const repeated = s.length === columns;
    return Float64Array.from({ length: rows * columns }, (_, at) => {
      const [row, column] = [Math.floor(at / columns), at % columns];
      let sum = s[repeated ? column : at];
      for (let k = 0; k < depth; k++) sum += a[row * depth + k] * b[k * columns + column];
      return sum;
    });
  }

  function transposed(x: Float32Array, rows: number, columns: number): Float32Array {
    return Float32Array.from(
      { length: x.length },
      (_, at) => x[(at % rows) * columns + Math.floor(at / rows)],
    );
  }

  const sizes = [
    { rows: 1, columns: 8, depth: 1 },
    { rows: 2, columns: 8, depth: 3 },
    { rows: 3, columns: 16, depth: 8 },
    { rows: 4, columns: 24, depth: 5 },
    { rows: 7, columns: 8, depth: 40 },
    { rows: 50, columns: 32, depth: 16 },
    { rows: 23, columns: 8, depth: 9000 },
    { rows: 25, columns: 24, depth: 303 },
    { rows: 8, columns: 40, depth: 7 },
    { rows: 70, columns: 40, depth: 700 },
  ];

  describe('product', () => {
    for (const { rows, columns, depth } of sizes) {
      it(`${rows} x ${depth} times ${depth} x ${columns}, with a bias and added to C`, () => {
        const memory = new KernelMemory(build);
        const { kernels } = memory;
        const a = uniform(rows * depth, 1, 1);
        const b = uniform(depth * columns, 1, 2);
        const bias = uniform(columns, 1, 3);
        const before = uniform(rows * columns, 1, 4);
        const panels = memory.put(new Float32Array(b.length));
        kernels.packColumns(memory.put(b), columns, panels, depth, columns);
        const c = memory.put(new Float32Array(rows * columns));
        const at = memory.put(a);
        kernels.product(at, depth, panels, memory.put(bias), 0, c, columns, rows, columns, depth);
        expectClose(memory.get(c, rows * columns), plainProduct(a, b, bias, rows, columns), 2e-6);
        const sum = memory.put(before);
        kernels.product(at, depth, panels, sum, columns, sum, columns, rows, columns, depth);
        expectClose(memory.get(sum, rows * columns), plainProduct(a, b, before, rows, columns), 2e-6);
        expect(memory.intact).toBe(true);
      });
    }

    it('reads and writes parts of wider matrices', () => {
      const memory = new KernelMemory(build);
      const [a, b] = [uniform(5 * 12, 1, 1), uniform(8 * 8, 1, 2)];
      const panels = memory.put(new Float32Array(64));
      memory.kernels.packColumns(memory.put(b), 8, panels, 8, 8);
      const c = memory.put(new Float32Array(5 * 16).fill(7));
      memory.kernels.product(memory.put(a), 12, panels, memory.put(new Float32Array(8)), 0, c, 16, 5, 8, 8);
      const narrow = Float32Array.from({ length: 40 }, (_, i) => a[Math.floor(i / 8) * 12 + (i % 8)]);
      const expected = plainProduct(narrow, b, new Float32Array(8), 5, 8);
      const written = memory.get(c, 80);
      expectClose(
        written.filter((_, i) => i % 16 < 8),
        expected,
        1e-6,
      );
      expect(written.filter((_, i) => i % 16 >= 8).every((x) => x === 7)).toBe(true);
    });

    it('passes NaN and infinity on', () => {
      const memory = new KernelMemory(build);
      const panels = memory.put(new Float32Array(8).fill(1));
      const c = memory.put(new Float32Array(32));
      const zeros = memory.put(new Float32Array(8));
      memory.kernels.product(memory.put([NaN, Infinity, 1, -1]), 1, panels, zeros, 0, c, 8, 4, 8, 1);
      expect([...memory.get(c, 32)]).toEqual([NaN, Infinity, 1, -1].flatMap((x) => Array<number>(8).fill(x)));
    });
  });

  describe('packRows', () => {
    for (const { columns, depth } of [
      { columns: 8, depth: 8 },
      { columns: 24, depth: 16 },
      { columns: 16, depth: 40 },
    ]) {
      it(`packs the transpose of ${columns} x ${depth} as packColumns does`, () => {
        const memory = new KernelMemory(build);
        const w = uniform(columns * depth, 1, 1);
        const fromRows = memory.put(new Float32Array(w.length));
        const fromColumns = memory.put(new Float32Array(w.length));
        memory.kernels.packRows(memory.put(w), depth, fromRows, depth, columns);
        const turned = memory.put(transposed(w, columns, depth));
        memory.kernels.packColumns(turned, columns, fromColumns, depth, columns);
        expect(memory.get(fromRows, w.length)).toEqual(memory.get(fromColumns, w.length));
        expect(memory.intact).toBe(true);
      });
    }
  });

  describe('addOuterProducts', () => {
    for (const { m, n, rows } of [
      { m: 8, n: 8, rows: 1 },
      { m: 8, n: 16, rows: 127 },
      { m: 24, n: 8, rows: 300 },
      { m: 1032, n: 24, rows: 130 },
    ]) {
      it(`${rows} products of ${m} by ${n}, and by a second of ${n}, in two parts`, () => {
        const memory = new KernelMemory(build);
        const { kernels } = memory;
        const a = uniform(rows * m, 1, 1);
        const [b, second] = [uniform(rows * n, 1, 2), uniform(rows * n, 1, 3)];
        const sums = memory.put(new Float32Array(2 * outerProductSums(m, n)));
        const scratch = memory.put(new Float32Array(outerProductScratch(n)));
        const [ofA, ofB, ofSecond] = [memory.put(a), memory.put(b), memory.put(second)];
        const add = (from: number, to: number) => {
          const [left, right] = [ofA + 4 * from * m, 4 * from * n];
          const [b, c] = [ofB + right, ofSecond + right];
          kernels.addOuterProducts(left, m, m, b, c, n, n, to - from, sums, scratch);
        };
        const half = Math.floor(rows / 2);
        add(0, half);
        add(half, rows);
        const [c, d] = [memory.put(new Float32Array(m * n)), memory.put(new Float32Array(m * n))];
        kernels.storeOuterProducts(sums, c, d, m, n);
        const zero = new Float32Array(m * n);
        expectClose(memory.get(c, m * n), plainProduct(transposed(a, rows, m), b, zero, m, n), 2e-6);
        expectClose(memory.get(d, m * n), plainProduct(transposed(a, rows, m), second, zero, m, n), 2e-6);
        expect(memory.intact).toBe(true);
      });
    }

    it('does without a second', () => {
      const memory = new KernelMemory(build);
      const sums = memory.put(new Float32Array(outerProductSums(8, 8)));
      const [a, b] = [uniform(16, 1, 1), uniform(16, 1, 2)];
      const scratch = memory.put(new Float32Array(outerProductScratch(8)));
      memory.kernels.addOuterProducts(memory.put(a), 8, 8, memory.put(b), 0, 8, 8, 2, sums, scratch);
      const c = memory.put(new Float32Array(64));
      memory.kernels.storeOuterProducts(sums, c, 0, 8, 8);
      const expected = plainProduct(transposed(a, 2, 8), b, new Float32Array(64), 8, 8);
      expectClose(memory.get(c, 64), expected, 1e-6);
      expect(memory.intact).toBe(true);
    });
  });
});
