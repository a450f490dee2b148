import type { Prediction } from '../../context-model/index.ts';

/** The text before a cursor. */
export interface TextBefore {
  /** Names the document, for what is kept of it. */
  readonly document: string;
  /** From a line start (`atFileStart`: from the file's), LF line ends. */
  readonly prefix: string;
  readonly atFileStart: boolean;
  /**
   * Where `prefix` ends, less `ahead`, in the document as the editor has it (UTF-16 units), for predictors that follow
   * whole documents. Left out: `prefix` is all that is known.
   */
  readonly offset?: number;
  /** The end of `prefix` that is not in the document yet: what the editor's list of suggestions is about to insert. */
  readonly ahead?: string;
}

/** A text that is being written on. */
export interface Continuation {
  /** What may come next, at temperature 1; holds until `advance` or another call. */
  predict(): Prediction;
  advance(codePoint: number): void;
}

/** A text that was read; its last continuation ends when another one begins. */
export interface Reading {
  continuation(): Continuation;
}

/** Reads a document up to the cursor and tells what may come next. */
export interface Predictor {
  /** Undefined: cancelled. */
  read(text: TextBefore, isCancelled: () => boolean): Reading | undefined;
  /** Reads ahead of a request what takes time, as far as it gets; nothing that is ever asked depends on it. */
  warm(text: TextBefore, isCancelled: () => boolean): void;
  /** Drops what is kept for a document. */
  forget(document: string): void;
}
