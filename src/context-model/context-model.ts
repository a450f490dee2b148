/** Characters of files that are learnt at most in training; of more, files are drawn evenly. */
export const MAX_CHARACTERS = 4e6;

/** The same in the editor, where the user allows so many: they take some 400 MB. */
export const MAX_REMEMBERED_CHARACTERS = 16e6;

/** Code points that `prior` keeps of each prediction. */
export const PRIOR_SYMBOLS = 8;

/** Weights by which a network is mixed in, as `DocumentModel.mixingWeights` gives them. */
export const MIXING_WEIGHTS = 9_024;

/**
 * What is expected next, most probable first. The arrays belong to the reader and hold until its next call.
 * Probabilities of the listed symbols and `rest` add up to 1.
 */
export interface Prediction {
  /** Symbols listed, 0 to 64. */
  readonly count: number;
  /** Unicode code points [count], all different. */
  readonly codePoints: Int32Array;
  /** Natural logarithms of their probabilities [count], falling. */
  readonly logProbabilities: Float32Array;
  /** Probability of everything that is not listed, 0 to 1, characters never seen included. */
  readonly rest: number;
}

/**
 * Sparse biases for the logits of a network at each of n positions of a text: d_k = ln p(k) - ln p(any other), where p
 * is the context model's prediction.
 */
export interface Priors {
  /** Positions n, one for each code point of the text, in their order. */
  readonly positions: number;
  /** [n, PRIOR_SYMBOLS] code points, most probable first; -1 where a position has fewer. */
  readonly codePoints: Int32Array;
  /** [n, PRIOR_SYMBOLS] differences above the floor in nats, >= 0; 0 where `codePoints` is -1. */
  readonly deltas: Float32Array;
}

/**
 * Reads on from a position of a document: first the text that is there, then text that might follow. Only `learn`
 * changes the model. A document has one reader at a time: the next `reader` call ends this one.
 */
export interface Reader {
  /** Code points advanced since the start. */
  readonly depth: number;
  /** What the context model alone expects at the present position. */
  predict(): Prediction;
  /** `predict`'s result as the prior of a network: at most `PRIOR_SYMBOLS` code points and deltas, one position. */
  prior(): Priors;
  /**
   * What context model and network together expect at the present position.
   * @param logProbabilities [V] of the network whose symbols were given to `joinNetwork`, natural logarithms. The
   *   network may have had `prior` as its prior: the weight it gets is learnt in use.
   * @throws Error when there is no network, RangeError when it has another number of symbols
   */
  join(logProbabilities: Float32Array): Prediction;
  /** Moves forward over a code point as if it stood there. */
  advance(codePoint: number): void;
  /** Moves back to where `depth` was `to`. */
  rewind(to?: number): void;
  /**
   * Teaches the mixing weights that `codePoint` was really typed at the present position; the network's weight, too,
   * if `join` was the last prediction here. Only at depth 0, and before the text itself is given to `edit`.
   */
  learn(codePoint: number): void;
}

/**
 * One open document: its text, counts and mixing weights of its own, and readers that predict in it.
 *
 * Its text is two, before the cursor and behind it; the cursor is where the last edit or reader was. The text behind is
 * counted as one that begins at the cursor, as if it were another document: nothing at the cursor knows what stands
 * behind it, and typing changes the contexts of what is typed only.
 */
export interface DocumentModel {
  /** Length in UTF-16 units. */
  readonly length: number;
  /**
   * Replaces `removed` UTF-16 units at `offset` by `inserted`. The cost is in what changes, not in the document; of
   * more than some thousand characters, the rest is counted in the background.
   * @throws RangeError when the range is not in the document; nothing has changed then
   */
  edit(offset: number, removed: number, inserted: string): void;
  /**
   * Removes what a person deleted. It stays counted until some thousand characters more have been deleted: what is
   * deleted is often typed again, changed or somewhere else.
   * @throws RangeError as `edit` does
   */
  remove(offset: number, removed: number): void;
  /**
   * Inserts what was typed: the mixing weights of the context model alone learn each character, as by `Reader.learn`,
   * before it is counted.
   */
  type(offset: number, inserted: string): void;
  /**
   * A reader whose text is what stands before `offset` (UTF-16 units; the document's end if left out), where the cursor
   * then is. The document's file, if it is one of the workspace's, does not give away what stands behind it.
   */
  reader(offset?: number): Reader;
  /**
   * Names the symbols of the network that is mixed in, by id (Vocabulary.symbols); those that are not one code point,
   * U+FFFD and U+0002 are never predicted. Undefined: no network from now on.
   * @param weights with which its mixing begins, as `mixingWeights` gave them; left out: those for a network that was
   *   trained with the context model as its prior. What a document learns of the mixing is kept as long as a network
   *   with the same ones follows.
   * @throws RangeError when there are as many weights neither as the mixing has, nor as its mixture has without the layer
   *   by which that is scored again
   */
  joinNetwork(symbols: readonly string[] | undefined, weights?: Float32Array): void;
  /** A copy of what was learnt of mixing a network in: four weights for each case, then those of the rescoring. */
  mixingWeights(): Float32Array;
  /**
   * Tells the workspace what other documents may know of this one: its present text, saved or not, without what is
   * secret. Nothing where the workspace does not know the file.
   */
  share(text: string): void;
  /** Ends its reader; the workspace counts the file of this name as it was learnt last. */
  dispose(): void;
}

/** What a context model has counted of the files of a workspace. */
export interface SavedWorkspace {
  /** Texts by the files' names. */
  readonly files: ReadonlyMap<string, string>;
  /** Code points of the model's symbols, in the order of their ids from 1. */
  readonly codePoints: readonly number[];
  /** The counts, in parts of some hundred kB to some MB, each valid until the next is asked for. */
  readonly shards: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** The same, as it is taken of a model. */
export interface WorkspaceSnapshot extends Omit<SavedWorkspace, 'shards'> {
  /** Number of parts. */
  readonly shards: number;
  /**
   * One of the parts, which takes some milliseconds. Its bytes are valid until the next one is asked for: copies of all
   * would be garbage of some ten MB, which stays in memory while nothing else is allocated.
   * @throws SnapshotOutdated when anything was learnt or unlearnt since the snapshot began
   */
  shard(index: number): Uint8Array;
}

/** What is saved of a workspace was not written by a model like this one, or has changed since. */
export class DamagedSnapshot extends Error {}

/** What is counted has changed while a snapshot was taken. */
export class SnapshotOutdated extends Error {}

/**
 * Counts which symbols follow which contexts in the files of a workspace: what was learnt can be unlearnt exactly, and
 * in any order, but for the few contexts that cannot be told apart by their hashes (`tables.ts`). Text is what `corpus`
 * normalises it to.
 */
export interface ContextModel {
  /** Files known, open documents' included. */
  readonly files: number;
  /** UTF-16 units of all files known. */
  readonly characters: number;
  /** Bytes of WebAssembly memory held in all, by open documents too. */
  readonly bytes: number;
  /** Resolves when everything that has been asked for is done. */
  readonly idle: Promise<void>;
  /**
   * Learns a file in the background, a few milliseconds at a time; of what was known under this name, what differs is
   * unlearnt. While a document of this name shares its text, that is known instead.
   */
  learnFile(name: string, text: string): Promise<void>;
  /**
   * Unlearns a file in the background, if there is one of this name. Documents that shared it count all of their texts
   * from now on.
   */
  forgetFile(name: string): Promise<void>;
  /** `learnFile` before it returns, for processes with nothing else to do. */
  learnFileNow(name: string, text: string): void;
  /**
   * Opens a document with counts and mixing weights of its own. Its file stays known to other documents; only while it
   * is the one predicted in, the file is unlearnt (near the cursor at once, the rest in the background), or else the
   * text would be counted twice, with what stands behind the cursor.
   * @param name of the file that it is; undefined: of none
   * @param sharesFile where the file is known with this very text, the document counts only what is near the cursor and
   *   what changes, and the file stays known, cut at the cursor, so that it does not give away what stands behind. Not
   *   for texts that are judged: they must not be known. When such a one is opened, documents of its name share no more.
   */
  openDocument(name: string | undefined, text: string, sharesFile?: boolean): DocumentModel;
  /**
   * What a model that does not know this file expects along it, as it adapts to the file: leave-one-out predictions,
   * to train a network with as its prior. The file is unlearnt meanwhile, and learnt again when the generator ends or
   * is closed; one generator at a time. The mixing weights learn along the file, and begin anew with the next.
   * @param text of the file, learnt or not
   * @returns the priors of its positions in order, in pieces of at most 4,096
   */
  leaveOneOut(name: string, text: string): Generator<Priors, void, void>;
  /**
   * Has `use` take what is counted of the files, for `createContextModel` to restore. Left out are files of which
   * another text than the learnt one is counted, such as that of a document that was not saved, and the file of the
   * document that is predicted in.
   * @returns what `use` returned; undefined where files are just being learnt or unlearnt
   */
  withSnapshot<T>(use: (snapshot: WorkspaceSnapshot) => Promise<T>): Promise<T | undefined>;
  dispose(): void;
}
