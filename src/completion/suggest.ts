import type { Vocabulary } from '../corpus/index.ts';
import type { Stepper } from '../engine/index.ts';

/** The text around the cursor and how to continue it. */
export interface SuggestionRequest {
  /** Names the document, for its cache of hidden states. */
  readonly document: string;
  /** Text before the cursor, from a line start (`atFileStart`: from the file's), LF line ends. */
  readonly prefix: string;
  readonly atFileStart: boolean;
  /** Text after the cursor: the rest of its line and the next few lines, LF line ends. */
  readonly suffix: string;
  readonly indentation: { readonly insertSpaces: boolean; readonly tabSize: number };
  /** 0 takes the most likely symbol. */
  readonly temperature: number;
  readonly seed: number;
  /** Largest length in characters. */
  readonly maxLength: number;
  /** The user asked by hand: speak at lower confidence. */
  readonly explicit: boolean;
}

export interface Suggestion {
  /** Never empty; LF line ends. */
  readonly text: string;
  /** Probability of the whole text at temperature 1, before trimming made it certain. */
  readonly confidence: number;
}

/** Suggests continuations with one network, keeping hidden states of the documents it has seen. */
export class Suggester {
  constructor(_stepper: Stepper, _vocabulary: Vocabulary) {
    throw new Error('in progress');
  }

  /** Same request, same network: same answer. Undefined: nothing worth showing. */
  suggest(_request: SuggestionRequest, _isCancelled?: () => boolean): Suggestion | undefined {
    throw new Error('in progress');
  }

  /** Drops what is kept for a document. */
  forget(_document: string): void {
    throw new Error('in progress');
  }
}
