import { EngineError } from '../engine-error.ts';
import type { Kernels } from './kernels-interface.ts';
import { checkKernelConstants } from './layout/kernel-constants.ts';
import { figure, message } from '../../common/localization/message.ts';

/** Kernels on a memory of their own, and views of it. */
export interface Arena {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
  readonly floats: Float32Array;
  readonly integers: Int32Array;
}

/** WebAssembly's addresses end at 4 GiB, and other programs want memory too. */
const MAX_MEMORY_BYTES = 2 ** 31;
const PAGE_BYTES = 2 ** 16;

/** Advice for an error about a memory that is too large, by its purpose. */
const ADVICE = {
  training: message`lower the number of units or layers, the batch size or the sequence length`,
  inference: message`use a model with fewer units or layers`,
};

/**
 * Instantiates the kernels on a new memory of `size` bytes.
 * @throws EngineError when the memory is too large or refused.
 */
export function createArena(module: WebAssembly.Module, size: number, purpose: keyof typeof ADVICE): Arena {
  const gibibytes = figure(size / 2 ** 30, 1);
  if (size > MAX_MEMORY_BYTES) {
    throw new EngineError(
      'network-too-large',
      message`This network needs ${gibibytes} GiB of memory and the wasm engine has 2 GiB at most; ${ADVICE[purpose]}.`,
    );
  }
  const pages = Math.ceil(size / PAGE_BYTES);
  let memory: WebAssembly.Memory;
  try {
    memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch (error) {
    throw new EngineError(
      'out-of-memory',
      message`This network needs ${gibibytes} GiB of memory, which this machine did not give; close other programs or ${ADVICE[purpose]}.`,
      { cause: error },
    );
  }
  return attachArena(module, memory);
}

/** Instantiates the kernels on a memory that other threads may use, too. */
export function attachArena(module: WebAssembly.Module, memory: WebAssembly.Memory): Arena {
  const abort = (): never => {
    throw new Error('a kernel gave up');
  };
  const instance = new WebAssembly.Instance(module, { env: { memory, abort } });
  const kernels = instance.exports as unknown as Kernels;
  checkKernelConstants(kernels);
  const floats = new Float32Array(memory.buffer);
  return { module, memory, kernels, floats, integers: new Int32Array(memory.buffer) };
}
