import { availableParallelism } from 'node:os';
import type { AdaptiveEngine } from '../engine.ts';
import { WasmAdaptiveOutput } from './inference/adaptive-output.ts';
import { compileKernels } from './compile-kernels.ts';
import { GruRnnStepper } from './inference/gru-rnn-stepper.ts';
import { chooseKernels } from './kernel-choice.ts';
import { WasmNetwork } from './network.ts';
import { LstmStepper } from './inference/lstm-stepper.ts';
import { REASONS, varyingReason } from '../reasons.ts';

export interface WasmEngineOptions {
  /**
   * `plain` (the default) is 128-bit SIMD and runs everywhere; `wide` uses fused multiply-add and, where V8 can, 256 bits;
   * `auto` takes the faster one whose results are right. All but `plain` change V8's flags, so they are only for a
   * process of our own.
   */
  readonly kernels?: 'plain' | 'wide' | 'auto';
  /** Threads that train a network, 1 by default. */
  readonly threads?: number;
}

/** The default number of training threads: all cores but one, or both of two. */
export function defaultThreads(): number {
  const cores = availableParallelism();
  return cores <= 2 ? cores : cores - 1;
}

/** The engine of our own SIMD kernels. It runs wherever WebAssembly has 128-bit SIMD. */
export async function createWasmEngine({
  kernels = 'plain',
  threads = 1,
}: WasmEngineOptions = {}): Promise<AdaptiveEngine> {
  const { build, reason } =
    kernels === 'auto' ? await chooseKernels() : { build: kernels, reason: REASONS.askedFor };
  const module = await compileKernels(build);
  return {
    name: 'wasm',
    details:
      threads === 1
        ? varyingReason('oneThread', build, reason)
        : varyingReason('threads', threads, build, reason),
    createNetwork: async (specification, limits) =>
      WasmNetwork.create(module, specification, limits, threads),
    createStepper: async (specification, weights) =>
      Promise.resolve(
        specification.cell === 'lstm'
          ? new LstmStepper(module, specification, weights)
          : new GruRnnStepper(module, specification, weights),
      ),
    createAdaptiveOutput: async (specification, weights) =>
      Promise.resolve(new WasmAdaptiveOutput(module, specification, weights)),
  };
}
