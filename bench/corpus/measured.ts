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
  /** Processor time of all threads, which other programs on the machine disturb less. */
  readonly cpuSeconds: Reading['seconds'];
  readonly peakMegabytes: number;
  /** The most processor time that the thread took between two turns of the event loop, in milliseconds. */
  readonly longestHold: number;
  /** The same by what was done meanwhile. */
  readonly longestHolds: Reading['seconds'];
}

/** The longest time for which the extension host is held by what others read for it, in ms of processor time. */
export interface Holding {
  /** While the suggestion worker reads and learns the tree. */
  readonly suggestions: number;
  /** While the training process reads the tree and trains. */
  readonly training: number;
}
