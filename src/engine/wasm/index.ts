import type { Engine } from '../engine.ts';

/** The engine of our own SIMD kernels; starts anywhere that runs WebAssembly with 128-bit SIMD. */
export function createWasmEngine(): Promise<Engine> {
  throw new Error('in progress');
}
