import { UserFacingError } from '../../common/errors.ts';
import type { Kernels } from './kernels-interface.ts';
import { roundUp } from './padding.ts';

export type { Kernels };

/** Floats of the sums of `addOuterProducts`, for each of its matrices: tiles are of 4 or 6 rows. */
export function outerProductSums(m: number, n: number): number {
  return roundUp(m, 12) * n;
}

/** Floats of its scratch. */
export function outerProductScratch(n: number): number {
  return 48 * (256 * 6 + 16) + 256 * 2 * n;
}

/** Kernels on a memory of their own, and views of it. */
export interface Arena {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
  readonly floats: Float32Array;
  readonly integers: Int32Array;
}

/** Most bytes a network may take: WebAssembly's addresses end at 4 GiB, and other programs want memory too. */
const MAX_MEMORY_BYTES = 2 ** 31;
const PAGE_BYTES = 2 ** 16;

/** @throws UserFacingError where so much memory is not to be had. */
export function createArena(module: WebAssembly.Module, size: number): Arena {
  const gibibytes = (size / 2 ** 30).toFixed(1);
  const advice = 'lower the number of units or layers, the batch size or the sequence length';
  if (size > MAX_MEMORY_BYTES) {
    throw new UserFacingError(
      `This network needs ${gibibytes} GiB of memory and the wasm engine has 2 GiB at most; ${advice}.`,
    );
  }
  const pages = Math.ceil(size / PAGE_BYTES);
  let memory: WebAssembly.Memory;
  try {
    memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch (error) {
    throw new UserFacingError(
      `This network needs ${gibibytes} GiB of memory, which this machine did not give; close other programs or ${advice}.`,
      { cause: error },
    );
  }
  return attachArena(module, memory);
}

/** Kernels on a memory that other threads may work on, too. */
export function attachArena(module: WebAssembly.Module, memory: WebAssembly.Memory): Arena {
  const abort = (): never => {
    throw new Error('a kernel gave up');
  };
  const instance = new WebAssembly.Instance(module, { env: { memory, abort } });
  const kernels = instance.exports as unknown as Kernels;
  const floats = new Float32Array(memory.buffer);
  return { module, memory, kernels, floats, integers: new Int32Array(memory.buffer) };
}
