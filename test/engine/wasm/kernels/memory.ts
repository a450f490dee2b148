import { compileKernels } from '../../../../src/engine/wasm/compile-kernels.ts';
import type { KernelBuild } from '../../../../src/engine/wasm/compile-kernels.ts';
import { createArena } from '../../../../src/engine/wasm/arena.ts';
import type { Kernels } from '../../../../src/engine/wasm/kernels-interface.ts';
import { Allocator } from '../../../../src/engine/wasm/layout/memory-plan.ts';

const modules = {
  plain: await compileKernels('plain'),
  wide: await compileKernels('wide'),
};
/** Every kernel is tested in both. */
export const builds: readonly KernelBuild[] = ['plain', 'wide'];

/** Arrays in a memory that kernels work on; each is followed by a guard that `check` finds unchanged. */
export class KernelMemory {
  readonly kernels: Kernels;
  private readonly floats: Float32Array;
  private readonly integers: Int32Array;
  private readonly allocator = new Allocator();
  private readonly guards: number[] = [];

  constructor(build: KernelBuild) {
    const { kernels, floats, integers } = createArena(modules[build], 2 ** 24, 'inference');
    this.kernels = kernels;
    this.floats = floats;
    this.integers = integers;
  }

  /** The byte offset of a copy of `values`. */
  put(values: ArrayLike<number>): number {
    const start = this.allocator.floats(values.length);
    this.floats.set(values, start / 4);
    const guard = this.allocator.floats(16) / 4;
    this.floats.fill(12345, guard, guard + 16);
    this.guards.push(guard);
    return start;
  }

  putIntegers(values: ArrayLike<number>): number {
    const start = this.put(new Float32Array(values.length));
    this.integers.set(values, start / 4);
    return start;
  }

  get(start: number, count: number): Float32Array {
    return this.floats.slice(start / 4, start / 4 + count);
  }

  integer(start: number): number {
    return this.integers[start / 4];
  }

  /** Whether nothing was written beyond the end of any array. */
  get intact(): boolean {
    return this.guards.every((guard) => this.floats.subarray(guard, guard + 16).every((x) => x === 12345));
  }
}
