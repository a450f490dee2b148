/** Something to time: compared with the reference before, then run again and again. */
export interface Measured {
  readonly about: {
    /** What was run, for people. */
    readonly title: string;
    /** Unit of the figures, like chars/s. */
    readonly unit: string;
    readonly largerIsBetter: boolean;
    /** From the reference, as part of the norm. */
    readonly largestDifference: number;
  };
  /** The figure made of the seconds of one run. */
  readonly figure: (seconds: number) => number;
  /** Runs once; returns the seconds. */
  readonly run: () => number;
}

/** Runs of one implementation at one setting, in seconds. */
export interface Runs {
  readonly name: string;
  readonly seconds: readonly number[];
}
