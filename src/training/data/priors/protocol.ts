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

export const PRIOR_PROTOCOL_VERSION = 1;

/** Messages between a training and the thread that computes its priors. */
export interface PriorProtocol {
  readonly requests: {
    /** The priors along the file of this index; requests are answered in their order. */
    readonly priors: { readonly params: number; readonly result: PackedPriors };
  };
  readonly notices: never;
  /** While files are learnt and held-out ones are read: the part of both that is done, 0 to 1. */
  readonly events: { readonly type: 'progress'; readonly fraction: number };
}
