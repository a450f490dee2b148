/** What one way of reading a tree took, in a process of its own. */
export interface Reading {
  readonly files: number;
  /** Of text, as Unicode code points where it is decoded, else bytes. */
  readonly characters: number;
  /** Of the learnt files, by encoding; empty where nothing is decoded. */
  readonly encodings: Readonly<Record<string, number>>;
  readonly seconds: {
    readonly walking: number;
    readonly reading: number;
    readonly encoding: number;
  };
  readonly peakMegabytes: number;
  /** The longest the event loop was held, in milliseconds. */
  readonly longestHold: number;
}
