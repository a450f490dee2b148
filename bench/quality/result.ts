import type { Curve } from './curve.ts';

/** What `--json` prints. */
export interface Quality {
  readonly title: string;
  /** The curves; the editor's training comes first. */
  readonly curves: readonly Curve[];
  /** The better of PyTorch's settings at the end; null without PyTorch. */
  readonly peer: { readonly name: string; readonly bitsPerCharacter: number } | null;
  /** Seconds that ours takes to get there; null where it does not. */
  readonly secondsToMatch: number | null;
}
