import type { PackedPriors } from './sparse-priors.ts';

/** Text by name, as the memory learns it. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** What the thread that computes priors is started with. */
export interface PriorThreadData {
  /** Learnt before the first request. */
  readonly learnt: readonly NamedText[];
  /** Requests are for these; what was learnt under the same name is not known for as long. */
  readonly files: readonly NamedText[];
  /** Their requests follow those of `files`, from index `files.length`. */
  readonly heldOut: readonly NamedText[];
  /** The network's symbols by id. */
  readonly symbols: readonly string[];
}

/** Sent while files are learnt and held-out ones are read: the part of both that has been, 0 to 1. */
export interface PriorProgress {
  readonly fraction: number;
}

/** A request is an index. */
export interface PriorAnswer {
  readonly index: number;
  readonly priors: PackedPriors;
}
