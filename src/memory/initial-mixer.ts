import type { Kernels } from './kernels.ts';

/** A mixer as it is before it has learnt anything. */
export function initialMixer(kernels: Kernels): number {
  return kernels.createMixer();
}
