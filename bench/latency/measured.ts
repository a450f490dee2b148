/** The parent process's plan for the extension host. */
export interface Plan {
  /** Path of the large file below the workspace, and the line to type at. */
  readonly file: string;
  readonly line: number;
  /** Copies of the large file, each to be opened once, by what ends their lines. */
  readonly freshFiles: readonly { readonly lineEnd: string; readonly files: readonly string[] }[];
  /** The lines to type. */
  readonly lines: readonly string[];
  readonly keystrokes: number;
  /** Milliseconds between keystrokes. */
  readonly interval: number;
  readonly maxLength: number;
  readonly trainingMinutes: number;
}

/** One keystroke and what was answered; milliseconds. */
export interface Keystroke {
  /** Time from the document's change to the request; 0 where the bench itself asks. */
  readonly untilAsked: number;
  /** Time from the request to the answer. */
  readonly untilAnswered: number;
  /** The part of that time during which the provider blocked the extension host's event loop. */
  readonly held: number;
  /** Characters offered; 0 for none. */
  readonly characters: number;
}

/** Typing under one condition. */
export interface Pass {
  readonly name: string;
  readonly keystrokes: readonly Keystroke[];
  /** Longest block of the extension host's event loop and 99th percentile, in milliseconds. */
  readonly longestHold: number;
  readonly hold99: number;
  /** Longest run of samples with a frame of the extension, in milliseconds, its frames, and their share; if sampled. */
  readonly ours?: { readonly longest: number; readonly stack: readonly string[]; readonly share: number };
}

export interface Latency {
  readonly passes: readonly Pass[];
  /** Number of texts that the worker offered while the bench asked. */
  readonly offered: number;
}
