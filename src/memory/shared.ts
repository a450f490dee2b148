import type { Alphabet } from './alphabet.ts';
import type { Kernels } from './kernels.ts';
import type { Results } from './result.ts';
import type { Turns } from './turns.ts';

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
