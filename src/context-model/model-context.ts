import type { Alphabet } from './wasm/alphabet.ts';
import type { Kernels } from './wasm/kernel-exports.ts';
import type { Results } from './wasm/read-prediction.ts';
import type { Turns } from './job-queue.ts';

/** What a memory's parts work with together. */
export interface Shared {
  readonly kernels: Kernels;
  readonly alphabet: Alphabet;
  readonly turns: Turns;
  readonly results: Results;
  /** The workspace's table. */
  readonly workspace: number;
  /** The mixing weights that documents start with. */
  readonly mixer: number;
}
