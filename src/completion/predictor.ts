import type { Prediction } from '../memory/index.ts';

/** The text before a cursor. */
export interface TextBefore {
  /** Names the document, for what is kept of it. */
  readonly document: string;
  /** From a line start (`atFileStart`: from the file's), LF line ends. */
  readonly prefix: string;
  readonly atFileStart: boolean;
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
  /** Drops what is kept for a document. */
  forget(document: string): void;
}
