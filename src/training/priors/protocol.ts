import type { PackedPriors } from './packed.ts';

/** Text by name, as the memory learns it. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** What the thread that computes priors is started with. */
export interface PriorThreadData {
  /** Learnt before the first request; their priors are out of fold. */
  readonly files: readonly NamedText[];
  /** Not learnt; their requests follow those of `files`, from index `files.length`. */
  readonly heldOut: readonly NamedText[];
  /** The network's symbols by id. */
  readonly symbols: readonly string[];
}

/** A request is an index. */
export interface PriorAnswer {
  readonly index: number;
  readonly priors: PackedPriors;
}
