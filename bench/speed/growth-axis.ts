/** One size that grows while the others keep their defaults; what `--json` prints of it. */
export interface Axis {
  readonly name: string;
  readonly points: readonly Point[];
}

/** Characters per second. */
export interface Point {
  readonly value: number;
  readonly engine: number;
  /** PyTorch with the number of threads that is best here, or with as many as the engine on the axis of threads. */
  readonly peer: number | null;
  readonly speedBesidePeer: number | null;
}
