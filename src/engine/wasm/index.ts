import { UserFacingError } from '../../errors.ts';
import type { NetworkSpecification } from '../../model/index.ts';
import type { Engine } from '../engine.ts';
import { loadKernels } from './kernels.ts';
import { WasmNetwork } from './network.ts';
import { WasmStepper } from './stepper.ts';

/** The engine of our own SIMD kernels; starts anywhere that runs WebAssembly with 128-bit SIMD. */
export async function createWasmEngine(): Promise<Engine> {
  const module = await loadKernels();
  return {
    name: 'wasm',
    createNetwork: (specification, limits) =>
      attempt(specification, () => new WasmNetwork(module, specification, limits)),
    createStepper: (specification, weights) =>
      attempt(specification, () => new WasmStepper(module, specification, weights)),
  };
}

/** Makes errors thrown on the way rejections. */
async function attempt<T>({ cell }: NetworkSpecification, create: () => T): Promise<T> {
  if (cell !== 'lstm') {
    throw new UserFacingError(
      `The wasm engine runs LSTM networks only in this version, and this one has the cell ${cell}; choose the cell lstm.`,
    );
  }
  return await Promise.resolve(create());
}
