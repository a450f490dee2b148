/** What the parent tells the extension host to do. */
export interface Plan {
  /** Path of the large file below the workspace, and the line to type at. */
  readonly file: string;
  readonly line: number;
  /** Typed line by line. */
  readonly lines: readonly string[];
  readonly keystrokes: number;
  /** Milliseconds between keystrokes. */
  readonly interval: number;
  readonly maxLength: number;
  readonly trainingMinutes: number;
}

/** One keystroke and what was answered; milliseconds. */
export interface Keystroke {
  /** From the document's change to the question: 0 where the bench itself asks. */
  readonly untilAsked: number;
  /** From the question to the answer. */
  readonly untilAnswered: number;
  /** The part of this that the extension host's loop was held for by the provider. */
  readonly held: number;
  /** Characters offered; 0 for none. */
  readonly characters: number;
}

/** Typing under one condition. */
export interface Pass {
  readonly name: string;
  readonly keystrokes: readonly Keystroke[];
  /** Of the extension host's event loop: the longest it was held, and the 99th percentile, in milliseconds. */
  readonly longestHold: number;
  readonly hold99: number;
  /** The longest stretch of samples with a frame of the extension in them, in milliseconds, and those frames; where it was sampled. */
  readonly ours?: { readonly longest: number; readonly stack: readonly string[]; readonly share: number };
}

export interface Latency {
  readonly passes: readonly Pass[];
  /** Texts that the worker offered while the bench asked. */
  readonly offered: number;
}
