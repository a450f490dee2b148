import type { Alphabet } from './alphabet.ts';
import type { Kernels } from './kernels.ts';
import type { Turns } from './turns.ts';

/** What a memory's parts work with together. */
export interface Shared {
  readonly kernels: Kernels;
  readonly alphabet: Alphabet;
  readonly turns: Turns;
  /** The workspace's table. */
  readonly workspace: number;
  /** The mixing weights that documents start with. */
  readonly mixer: number;
}
