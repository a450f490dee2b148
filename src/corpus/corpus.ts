/** What to read; every list may be empty. */
export interface CorpusOptions {
  /** Absolute paths: folders are walked; a file named here is taken whatever its size and the ignore rules. */
  readonly roots: readonly string[];
  /** Patterns in `.gitignore` syntax, relative to each root; when not empty only files that match one are taken. */
  readonly include: readonly string[];
  /** Patterns in `.gitignore` syntax, relative to each root, of what is left out. */
  readonly exclude: readonly string[];
  /** Largest amount of text to keep, in characters (code points) after normalisation. */
  readonly maxCharacters: number;
}

/** One file as it will be learnt. */
export interface SourceFile {
  /** Absolute path. */
  readonly path: string;
  /** IANA-like name of the encoding it was decoded from, such as `utf-8` or `euc-kr`. */
  readonly encoding: string;
  /** NFC, LF line ends, no byte order mark, lines with credentials removed. */
  readonly text: string;
  /** Code points in `text`. */
  readonly characters: number;
}

/** A file, folder or line that is not learnt. */
export interface LeftOut {
  readonly path: string;
  /** Why, as a short phrase for people, such as `binary` or `line 12 looks like a credential`. */
  readonly reason: string;
}

export interface Corpus {
  /** In a deterministic order. */
  readonly files: readonly SourceFile[];
  readonly leftOut: readonly LeftOut[];
  readonly characters: number;
}

export interface CorpusProgress {
  readonly filesSeen: number;
  readonly charactersRead: number;
}

/**
 * Walks `roots`, decodes and normalises what is worth learning, and says what was left out and why.
 * Never blocks for more than a few milliseconds; throws the signal's reason when aborted, and a
 * `UserFacingError` when a root cannot be read at all.
 */
export function readCorpus(
  _options: CorpusOptions,
  _context: { signal?: AbortSignal; onProgress?: (progress: CorpusProgress) => void } = {},
): Promise<Corpus> {
  throw new Error('in progress');
}
