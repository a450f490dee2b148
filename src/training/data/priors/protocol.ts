import type { PackedPriors } from './sparse-priors.ts';

/** A text and the name that a context model learns it by. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** What the thread that computes priors starts with. */
export interface PriorThreadData {
  /** The files that are learnt before the first request. */
  readonly learnt: readonly NamedText[];
  /** The files that requests are for, by index. One that was learnt is left out of the model while it is read. */
  readonly files: ReadonlyMap<number, NamedText>;
  /** Further files that requests are for, from index `firstHeldOut`. */
  readonly heldOut: readonly NamedText[];
  readonly firstHeldOut: number;
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
