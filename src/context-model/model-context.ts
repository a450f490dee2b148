import type { JobQueue } from './job-queue.ts';
import type { Alphabet } from './wasm/alphabet.ts';
import type { Kernels } from './wasm/kernel-exports.ts';
import type { Results } from './wasm/read-prediction.ts';

/** What the parts of one context model share. */
export interface ModelContext {
  readonly kernels: Kernels;
  readonly alphabet: Alphabet;
  readonly jobs: JobQueue;
  readonly results: Results;
  /** The workspace's table. */
  readonly workspace: number;
  /** The mixing weights that documents start with. */
  readonly mixer: number;
}
