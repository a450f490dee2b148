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
  /** The longest turn of the event loop, in milliseconds (see `ThreadClock`). */
  readonly longestHold: number;
  /** The same by what was done meanwhile. */
  readonly longestHolds: Reading['seconds'];
}

/** The longest time for which the extension host is held by what others read for it, in ms (see `ThreadClock`). */
export interface Holding {
  /** While the suggestion worker reads and learns the tree. */
  readonly suggestions: number;
  /** While the training process reads the tree and trains. */
  readonly training: number;
}

/** How a branch switch is taken in. */
export interface Switching {
  /** Files that differ between the branches. */
  readonly files: number;
  /** Files that the context model knows of the tree. */
  readonly known: number;
  /** Time that Git takes to switch. */
  readonly gitSeconds: number;
  /** Time from then until the context model knows the other branch. */
  readonly seconds: number;
  /** Processor time of host and worker meanwhile. */
  readonly cpuSeconds: number;
  /** The longest turn of the host's event loop, in ms (see `ThreadClock`). */
  readonly longestHold: number;
}
