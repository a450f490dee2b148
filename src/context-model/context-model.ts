/** Most characters of files that are remembered, in the editor and in training; of more, files are drawn evenly. */
export const MOST_CHARACTERS = 4e6;

/** Code points that `prior` keeps of each prediction. */
export const PRIOR_SYMBOLS = 8;

/**
 * What is expected next, most probable first. The arrays belong to the reader: they hold until its next call.
 * Probabilities of the listed symbols and `rest` add up to 1.
 */
export interface Prediction {
  /** Symbols listed, 0 to 24. */
  readonly count: number;
  /** Unicode code points [count], all different. */
  readonly codePoints: Int32Array;
  /** Natural logarithms of their probabilities [count], falling. */
  readonly logProbabilities: Float32Array;
  /** Probability of everything that is not listed, 0 to 1, characters never seen included. */
  readonly rest: number;
}

/** The prior of a network's logits at each of n places of a text: d_k = ln p_memory(k) - ln p_memory(any other). */
export interface Priors {
  /** Places n, one for each code point of the text, in their order. */
  readonly places: number;
  /** [n, PRIOR_SYMBOLS] code points, most probable first; -1 where a place has fewer. */
  readonly codePoints: Int32Array;
  /** [n, PRIOR_SYMBOLS] differences above the floor in nats, >= 0; 0 where `codePoints` is -1. */
  readonly deltas: Float32Array;
}

/**
 * Reads on from a place of a document, at first what is there, then what might be. Nothing it does changes the
 * memory, but for `learn`. A document has one reader at a time: the next `reader` call ends this one.
 */
export interface Reader {
  /** Code points gone forward since the start. */
  readonly depth: number;
  /** What the memory alone expects at the present place. */
  predict(): Prediction;
  /** `predict`'s result as the prior of a network: at most `PRIOR_SYMBOLS` code points and deltas; `places` is 1. */
  prior(): Priors;
  /**
   * What memory and network together expect at the present place.
   * @param logProbabilities [V] of the network whose symbols were given to `joinNetwork`, natural logarithms,
   *   the network having had `prior` as its prior (or not: the weight it gets is learnt in use).
   */
  join(logProbabilities: Float32Array): Prediction;
  /** Goes forward over a code point as if it stood there. */
  advance(codePoint: number): void;
  /** Goes back to where `depth` was `to`. */
  rewind(to?: number): void;
  /**
   * Has the mixing weights learn that `codePoint` was really typed at the present place; of the network, too, if
   * `join` was the last prediction here. Only at depth 0, and before the text itself is given to `edit`.
   */
  learn(codePoint: number): void;
}

/** The memory of one open document, and what predicts in it. */
export interface DocumentMemory {
  /** Length in UTF-16 units. */
  readonly length: number;
  /**
   * Replaces `removed` UTF-16 units at `offset` by `inserted`. The cost is in what changes, not in the document.
   * @throws RangeError when the range is not in the document; nothing has changed then.
   */
  edit(offset: number, removed: number, inserted: string): void;
  /**
   * `edit` that inserts what was typed: the mixing weights of the memory alone learn each character, as by
   * `Reader.learn`, before it is remembered.
   */
  type(offset: number, inserted: string): void;
  /** A reader whose text is what stands before `offset` (UTF-16 units; the document's end if left out). */
  reader(offset?: number): Reader;
  /**
   * Names the network's symbols by id (Vocabulary.symbols); those that are not one code point, U+FFFD and U+0002
   * are never predicted. Undefined: no network any more.
   */
  joinNetwork(symbols: readonly string[] | undefined): void;
  /** Ends its reader; the workspace knows the file of this name again, as it was learnt last. */
  dispose(): void;
}

/**
 * Remembers which symbols follow which contexts in the files of a workspace, as counts: what was learnt can be
 * unlearnt exactly, and in any order. Text is what `corpus` normalises it to.
 */
export interface Memory {
  /** Files known, open documents' included. */
  readonly files: number;
  /** Code points of all files known. */
  readonly characters: number;
  /** Bytes held in all, of open documents too. */
  readonly bytes: number;
  /** Resolves when everything asked for before is done. */
  readonly idle: Promise<void>;
  /**
   * Learns a file in the background, a few milliseconds at a time; what was known under this name is unlearnt
   * first. While a document of this name is open its file waits, and is learnt when the document closes.
   */
  learnFile(name: string, text: string): Promise<void>;
  /**
   * Has the mixing weights learn how this workspace is best predicted, in the background: reads some of its files
   * again as if each were new. Worth doing once most files are known; documents opened later have the benefit.
   * @param characters to read at the most
   */
  adapt(characters?: number): Promise<void>;
  /** Unlearns a file in the background; nothing if there is none of this name. */
  forgetFile(name: string): Promise<void>;
  /** The same at once, for processes with nothing else to do. */
  learnFileNow(name: string, text: string): void;
  forgetFileNow(name: string): void;
  /**
   * Opens a document with memory and mixing weights of its own. The file of the same name is unlearnt from the
   * workspace for as long (in the background), or else the document would be remembered twice.
   */
  openDocument(name: string, text: string): DocumentMemory;
  /**
   * What a memory that does not know this file says along it, as it adapts to the file: predictions out of fold,
   * to train a network with as its prior. The file is unlearnt for the time, and learnt again when the generator
   * ends or is closed; one generator at a time. The mixing weights learn along the file, and begin anew with the next.
   * @param text of the file, learnt or not
   * @returns the priors of its places in order, in pieces of at most 4,096
   */
  outOfFold(name: string, text: string): Generator<Priors, void, void>;
  dispose(): void;
}
