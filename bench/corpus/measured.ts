/** Time and memory of one way of reading a tree, in a process of its own. */
export interface Reading {
  readonly files: number;
  /** Characters of text: code points where it is decoded, else bytes. */
  readonly characters: number;
  /** Number of learnt files by encoding; empty where nothing is decoded. */
  readonly encodings: Readonly<Record<string, number>>;
  readonly seconds: {
    readonly walking: number;
    readonly reading: number;
    readonly encoding: number;
  };
  readonly peakMegabytes: number;
  /** Longest block of the event loop, in milliseconds. */
  readonly longestHold: number;
}
